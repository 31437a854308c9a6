import { render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Fake, message } from "../../tests/fake";
import { actions } from "../actions/actions.svelte";
import { announcements } from "../parts/announce.svelte";
import { chat } from "../state/chat.svelte";
import { chats } from "../state/chats.svelte";
import { panels } from "../state/panels.svelte";
import type { ChatView } from "../api/types";
import Chat from "./Chat.svelte";
import { article, articles, begin, box, end, show } from "./testing";

let fake: Fake;
const shown = (texts: string[], change?: (view: ChatView) => void) => show(fake, texts, change);
const called = (command: string) => fake.calls.filter((each) => each.command === command);

beforeEach(() => {
  fake = begin();
});
afterEach(end);

describe("a new chat", () => {
  it("offers six tasks, each of which fills the composer and selects the place for one's own text", async () => {
    const user = userEvent.setup();
    render(Chat);
    const tasks = within(screen.getByRole("list")).getAllByRole("button");
    expect(tasks).toHaveLength(6);
    await user.click(screen.getByRole("button", { name: "Summarise a text" }));
    await waitFor(() => expect(box()).toHaveFocus());
    expect(box().value).toMatch(/^Summarise/);
    expect(box().value.slice(box().selectionStart, box().selectionEnd)).toBe("[Paste the text here]");
  });

  it("becomes a chat with its first question, and shows question and answer", async () => {
    const user = userEvent.setup();
    render(Chat);
    await user.type(box(), "How?{Enter}");
    const [question, answer] = await articles(2);
    expect(question).toHaveAccessibleName("You");
    expect(question).toHaveTextContent("How?");
    await waitFor(() => expect(answer).toHaveTextContent("bowline"));
    expect(answer).toHaveAccessibleName("Tacit");
    expect(answer?.querySelector("strong")).toHaveTextContent("bowline");
    expect(chats.shown).not.toBeNull();
    expect(box()).toHaveValue("");
  });

  it("says of an answer that it is from memory, and marks its numbers", async () => {
    const user = userEvent.setup();
    render(Chat);
    await user.type(box(), "How?{Enter}");
    expect(await screen.findByText("From the model’s memory, unchecked")).toBeVisible();
    expect(await screen.findByText("2 minutes")).toHaveAttribute("title", expect.stringMatching(/unconfirmed/i));
  });

  it("speaks finished sentences with 'unconfirmed', then that the answer is complete", async () => {
    const user = userEvent.setup();
    render(Chat);
    await user.type(box(), "How?{Enter}");
    await waitFor(() =>
      expect(announcements.lines.at(-1)?.text).toMatch(/2 minutes \(unconfirmed\).*Answer complete\.$/),
    );
  });

  it("does not send nothing, nor with Shift+Enter, nor while characters are composed", async () => {
    const user = userEvent.setup();
    render(Chat);
    await user.type(box(), "  {Enter}");
    await user.type(box(), "a{Shift>}{Enter}{/Shift}b");
    expect(box()).toHaveValue("  a\nb");
    box().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }));
    box().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true }));
    expect(called("ask")).toHaveLength(0);
  });

  it("sends the settings chosen before its first question", async () => {
    const user = userEvent.setup();
    render(Chat);
    panels.open = "chat-settings";
    await user.type(await screen.findByRole("textbox", { name: /Instructions for this chat/ }), "Be brief.");
    await user.click(screen.getByRole("button", { name: "Keep" }));
    await user.type(box(), "How?{Enter}");
    await waitFor(() => expect(called("ask")).toHaveLength(1));
    expect(called("ask")[0]?.args["question"]).toMatchObject({ settings: { system_prompt: "Be brief.", top_p: null } });
  });

  it("says of a private one that it is never stored, and keeps no draft of it", async () => {
    const user = userEvent.setup();
    chats.begin(true);
    render(Chat);
    expect(await screen.findByText("Private: never stored")).toBeVisible();
    await user.type(box(), "secret");
    await chat.now.keepDraft();
    expect(called("save_draft").filter((each) => each.args["text"] !== "")).toEqual([]);
  });
});

describe("what goes wrong", () => {
  const refused = { code: "engine_ended", kind: "engine", message: "The engine ended." };

  it("is said, and the text is not lost", async () => {
    const user = userEvent.setup();
    fake.refuse["ask"] = refused;
    render(Chat);
    await user.type(box(), "How?{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("The engine ended.");
    expect(box()).toHaveValue("How?");
    await user.click(screen.getByRole("button", { name: "Ask again" }));
    await waitFor(async () => expect(await article(1)).toHaveTextContent("bowline"));
    expect(screen.queryByRole("alert")).toBeNull();
    expect(box()).toHaveValue("");
  });

  it("in a stored chat is tried again at the place", async () => {
    const user = userEvent.setup();
    const view = shown(["How?"]);
    const id = view.messages[0]?.id;
    await articles(1);
    chat.now.problem = { ...refused, kind: "engine" };
    await user.click(await screen.findByRole("button", { name: "Ask again" }));
    await waitFor(() => expect(called("regenerate")[0]?.args["message"]).toBe(id));
  });
});

describe("an answer that grows", () => {
  it("can be stopped, and its text stays", async () => {
    const user = userEvent.setup();
    fake.pace = 30;
    fake.answer = Array.from({ length: 200 }, () => "on ");
    render(Chat);
    await user.type(box(), "How?{Enter}");
    await waitFor(() => expect(screen.getByRole("feed")).toHaveAttribute("aria-busy", "true"));
    await waitFor(async () => expect(await article(1)).toHaveTextContent("on on"));
    await user.click(screen.getByRole("button", { name: "Stop" }));
    expect(await screen.findByText("Stopped here")).toBeVisible();
    expect(screen.getByRole("button", { name: "Send" })).toBeVisible();
  });

  it("goes on while another chat is on show", async () => {
    const user = userEvent.setup();
    fake.pace = 20;
    const other = fake.chat("Other", ["Else?", "Else."]);
    render(Chat);
    await user.type(box(), "How?{Enter}");
    await waitFor(() => expect(chats.shown).not.toBeNull());
    const first = chats.shown as number;
    chats.show(other.row.id);
    await screen.findByText("Else.");
    chats.show(first);
    await waitFor(async () => expect(await article(1)).toHaveTextContent("takes 2 minutes"), { timeout: 3000 });
    expect(announcements.lines.filter((each) => each.text.includes("Answer complete")).length).toBeLessThanOrEqual(1);
  });
});

it("the focus stays with an answer that is written again", async () => {
  const user = userEvent.setup();
  shown(["How?", "So."]);
  await user.click(within(await article(1)).getByRole("button", { name: "Write the answer again" }));
  await waitFor(async () => expect(await article(1)).toHaveTextContent("bowline"));
  await waitFor(() => expect(chat.now.busy).toBe(false));
  expect(await article(1)).toHaveFocus();
});

describe("a draft", () => {
  it("is kept for its chat", async () => {
    const user = userEvent.setup();
    const view = shown(["How?", "So."]);
    await articles(2);
    await user.type(box(), "half a th");
    await waitFor(() => expect(called("save_draft")).toHaveLength(1));
    expect(called("save_draft")[0]?.args).toEqual({ chat: view.row.id, text: "half a th" });
    chats.begin();
    await waitFor(() => expect(box()).toHaveValue(""));
    chats.show(view.row.id);
    await waitFor(() => expect(box()).toHaveValue("half a th"));
  });
});

it("nothing of a chat stays when its screen goes", async () => {
  const view = fake.chat("Knots", ["How?", "So."]);
  chats.show(view.row.id);
  const { unmount } = render(Chat);
  await articles(2);
  unmount();
  expect(chat.now.messages).toEqual([]);
  expect(actions().filter((each) => each.id.startsWith("chat."))).toEqual([]);
});

describe("axe finds no fault", () => {
  const audit = async () => {
    const rules = { "color-contrast": { enabled: false }, region: { enabled: false } };
    const { violations } = await axe.run(document.body, { rules });
    expect(violations.map(({ id, nodes }) => [id, nodes.map((each) => each.html)])).toEqual([]);
  };

  it("with a new chat", async () => {
    render(Chat);
    await audit();
  });

  it("with messages, a mark and an edit", async () => {
    const user = userEvent.setup();
    const view = shown(["One", "## Two\n\n- 5 mg\n\n| a |\n| - |\n| 1 |\n\n```js\nx\n```", "Three", "Four"]);
    view.messages[3] = message(view.messages[3]?.id ?? 0, "assistant", "Four", {
      state: "stopped",
      branches: [1, view.messages[3]?.id ?? 0],
    });
    await articles(2);
    await audit();
    await user.click(within(await article(2, 4)).getByRole("button", { name: "Edit" }));
    await audit();
  });

  it.each(["How this was made", "Delete", "Export", "Settings of this chat"])("with '%s' open", async (name) => {
    const user = userEvent.setup();
    shown(["How?", "So."]);
    await articles(2);
    await user.click(screen.getAllByRole("button", { name }).at(-1) as HTMLElement);
    await waitFor(() =>
      expect(document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')).not.toBeNull(),
    );
    await audit();
  });
});
