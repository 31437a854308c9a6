import { cleanup, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChatView } from "../api/types";
import { Fake, message } from "../../tests/fake";
import { actions } from "../actions/actions.svelte";
import { announcements } from "../parts/announce.svelte";
import { chat } from "../state/chat.svelte";
import { chats } from "../state/chats.svelte";
import { panels } from "../state/panels.svelte";
import Chat from "./Chat.svelte";

let fake: Fake;
const box = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Message" });
/** The articles, once there are so many. */
async function articles(count: number): Promise<HTMLElement[]> {
  await waitFor(() => expect(screen.getAllByRole("article")).toHaveLength(count));
  return screen.getAllByRole("article");
}
/** One of them, counted from 0. */
async function article(at: number, count = 2): Promise<HTMLElement> {
  return (await articles(count))[at] as HTMLElement;
}
const called = (command: string) => fake.calls.filter((each) => each.command === command);

beforeEach(() => {
  // jsdom has no layout: a message is 100 pixels high here, and the list so high that all of them are on show.
  const height = (element: Element) => (element.getAttribute("role") === "feed" ? 4000 : 100);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockImplementation(function (this: HTMLElement) {
    return height(this);
  });
  vi.spyOn(HTMLElement.prototype, "offsetParent", "get").mockImplementation(function (this: HTMLElement) {
    return this.parentElement;
  });
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(private seen: ResizeObserverCallback) {}
      observe(target: Element) {
        const contentRect = { width: 800, height: height(target) } as DOMRectReadOnly;
        setTimeout(() => this.seen([{ target, contentRect } as ResizeObserverEntry], this));
      }
      unobserve() {}
      disconnect() {}
    },
  );
  Element.prototype.scrollTo ??= () => {};
  fake = new Fake().install();
  chats.clear();
  chat.clear();
  announcements.lines = [];
});
afterEach(() => {
  cleanup();
  panels.open = null;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function shown(texts: string[], change: (view: ChatView) => void = () => {}) {
  const view = fake.chat("Knots", texts);
  change(view);
  chats.show(view.row.id);
  render(Chat);
  return view;
}

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
