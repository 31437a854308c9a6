import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Fake } from "../../tests/fake";
import { announcements } from "../parts/announce.svelte";
import { chats } from "../state/chats.svelte";
import type { ChatView } from "../api/types";
import Chat from "./Chat.svelte";
import { article, articles, begin, end, show } from "./testing";

let fake: Fake;
const shown = (texts: string[], change?: (view: ChatView) => void) => show(fake, texts, change);
const called = (command: string) => fake.calls.filter((each) => each.command === command);

beforeEach(() => {
  fake = begin();
});
afterEach(end);

describe("messages", () => {
  it("are named, in order and reachable one by one", async () => {
    const user = userEvent.setup();
    shown(["How?", "So.", "And then?", "Done."]);
    const all = await articles(4);
    expect(all.map((each) => each.getAttribute("aria-posinset"))).toEqual(["1", "2", "3", "4"]);
    all[0]?.focus();
    await user.keyboard("{PageDown}");
    await waitFor(() => expect(all[1]).toHaveFocus());
  });

  it("can be copied as they were written", async () => {
    const user = userEvent.setup();
    shown(["How?", "**So** 5."]);
    await user.click(within(await article(1)).getByRole("button", { name: "Copy" }));
    expect(called("copy")[0]?.args["text"]).toBe("**So** 5.");
    expect(announcements.lines.at(-1)?.text).toBe("Copied.");
  });

  it("can be asked in other words, as a branch", async () => {
    const user = userEvent.setup();
    shown(["How?", "So."]);
    await user.click(within(await article(0)).getByRole("button", { name: "Edit" }));
    const edit = screen.getByRole("textbox", { name: "Your message in other words" });
    expect(edit).toHaveFocus();
    await user.clear(edit);
    await user.type(edit, "Why?{Enter}");
    await waitFor(async () => expect(await article(0)).toHaveTextContent("Why?"));
    expect(await screen.findByText(/2.* of .*2/)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Version before" }));
    await waitFor(() => expect(called("show_branch")).toHaveLength(1));
  });

  it("keep the focus when an edit is cancelled", async () => {
    const user = userEvent.setup();
    shown(["How?", "So."]);
    await user.click(within(await article(0)).getByRole("button", { name: "Edit" }));
    await user.keyboard("{Escape}");
    await waitFor(async () => expect(await article(0)).toHaveFocus());
  });

  it("are deleted only when confirmed, and it is said how many", async () => {
    const user = userEvent.setup();
    shown(["How?", "So.", "And?", "Done."]);
    await user.click(within(await article(1, 4)).getByRole("button", { name: "Delete" }));
    const dialog = await screen.findByRole("alertdialog", { name: /Delete .*3.* messages\?/ });
    expect(called("delete_message")).toHaveLength(0);
    await user.click(within(dialog).getByRole("button", { name: /^Delete/ }));
    await waitFor(async () => expect(await article(0, 1)).toHaveFocus());
  });

  it("that were stopped, interrupted or cut say so and can be continued", async () => {
    const user = userEvent.setup();
    fake.answer = [" it is."];
    shown(["How?", "So"], (view) => Object.assign(view.messages[1] as object, { state: "cut" }));
    const answer = await article(1);
    expect(within(answer).getByText(/^Cut here/)).toBeVisible();
    await user.click(within(answer).getByRole("button", { name: "Continue the answer" }));
    await waitFor(async () => expect(await article(1)).toHaveTextContent("So it is."));
    expect(await article(1)).toHaveFocus();
  });

  it("tell how they were made", async () => {
    const user = userEvent.setup();
    shown(["How?", "So."]);
    await user.click(within(await article(1)).getByRole("button", { name: "How this was made" }));
    const made = await screen.findByRole("dialog", { hidden: true });
    expect(made).toHaveAttribute("aria-label", "How this was made");
    expect(made).toHaveTextContent("b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53");
    expect(made).toHaveTextContent(/Seed\s*7/);
  });

  it("that are no longer read are marked at the place", async () => {
    shown(["One", "Two", "Three", "Four"], (view) =>
      Object.assign(view.messages[3]?.made_by as object, { dropped_messages: 2 }),
    );
    const all = await articles(4);
    const mark = screen.getByRole("note");
    expect(mark).toHaveTextContent(/The .?2.? messages above no longer fit/);
    expect(mark.compareDocumentPosition(all[2] as Node) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    expect(mark.compareDocumentPosition(all[1] as Node) & Node.DOCUMENT_POSITION_PRECEDING).toBeTruthy();
  });

  it("that were searched for are lit and get the focus", async () => {
    const view = fake.chat("Knots", ["How?", "So."]);
    chats.show(view.row.id, view.messages[0]?.id);
    render(Chat);
    await waitFor(async () => expect(await article(0)).toHaveFocus());
    expect(chats.lit).toBeNull();
  });
});
