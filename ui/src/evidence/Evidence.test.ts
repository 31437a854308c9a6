import { screen, waitFor, within } from "@testing-library/svelte";
import { render } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { audit } from "../../tests/audit";
import { type Fake } from "../../tests/fake";
import { everything } from "../../tests/fake-library";
import { cited } from "../../tests/preview/rich";
import Chat from "../chat/Chat.svelte";
import { article, begin, box, end } from "../chat/testing";
import { announcements } from "../parts/announce.svelte";
import { chat } from "../state/chat.svelte";
import { chats } from "../state/chats.svelte";
import { library } from "../state/library.svelte";
import { viewer } from "../state/viewer.svelte";

let fake: Fake;
const user = userEvent.setup();
const alone = { region: { enabled: false } };
const called = (command: string) => fake.calls.filter((call) => call.command === command).map((call) => call.args);
const plain = (text: string | null | undefined) => (text ?? "").replaceAll(/[\u2068\u2069]/g, "");
const named = (name: string) => ({ name: (it: string) => plain(it) === name });

beforeEach(async () => {
  document.documentElement.lang = "en";
  fake = begin();
  fake.library.fill();
  fake.answer = cited.match(/\s*\S+/g) ?? [];
  library.clear();
  viewer.clear();
  await library.refresh();
});
afterEach(end);

/** Asks about all documents; the answer's article. */
async function ask(): Promise<HTMLElement> {
  chats.begin(false, everything);
  render(Chat);
  await user.type(box(), "When can I leave?{Enter}");
  await article(1);
  await waitFor(() => expect(chat.now.busy).toBe(false));
  return article(1);
}

test("a question goes with what the chat is about", async () => {
  await ask();
  expect(called("ask")[0]?.["question"]).toMatchObject({ scope: everything });
  expect(screen.getByRole("button", named("About: all documents"))).toBeInTheDocument();
});

test("the passages are there, and said, before the answer is written", async () => {
  fake.pace = 60;
  chats.begin(false, everything);
  render(Chat);
  await user.type(box(), "When can I leave?{Enter}");
  const answer = await article(1);
  expect(await within(answer).findByRole("region", named("3 passages from your documents"))).toBeInTheDocument();
  expect(chat.now.busy).toBe(true);
  expect(within(answer).getAllByRole("button", { name: /^Open passage/ })).toHaveLength(3);
  expect(announcements.lines.map(({ text }) => plain(text))).toContain("3 passages from your documents");
  await waitFor(() => expect(chat.now.busy).toBe(false), { timeout: 20_000 });
});

test("each sentence carries its citations, which open their place", async () => {
  const answer = await ask();
  const paragraph = answer.querySelector<HTMLElement>(".markdown > p");
  const numbers = within(paragraph as HTMLElement).getAllByRole("button");
  expect(numbers.map((each) => each.textContent)).toEqual(["1", "2"]);
  expect(plain(numbers[0]?.getAttribute("aria-label"))).toBe("Open passage 1 in Lease.pdf, page 1");
  expect(numbers[0]?.closest(".cited")?.previousElementSibling ?? null).not.toBeNull();
  await user.click(numbers[0] as HTMLElement);
  expect(viewer.place).toMatchObject({ document: 1, page: 0 });
  const { text } = fake.library.page(1, 0);
  expect(text.slice(...(viewer.place?.span ?? [0, 0]))).toContain("three months' notice");
  expect(viewer.close()).toBe(numbers[0]);
});

test("what is not supported is said in words, and what the passages do not hold is marked", async () => {
  const answer = await ask();
  expect(within(answer).getByText("only partly in the documents")).toBeVisible();
  expect(within(answer).getByText("not in the documents")).toBeVisible();
  const missing = within(answer).getByText("950");
  expect(missing).toHaveAttribute("title", "Not in the passages");
  expect(missing.nextElementSibling).toHaveTextContent("(not in the passages)");
  expect(plain(announcements.lines.at(-1)?.text)).toMatch(/1 of 3 sentences are supported by your documents\.$/);
});

test("a quotation that stands there letter by letter says so, and one that does not too", async () => {
  const sentence = "It says “three months' notice” and “any time”.";
  const spanOf = (words: string): [number, number] => [sentence.indexOf(words), sentence.indexOf(words) + words.length];
  fake.answer = [sentence];
  const evidence = fake.library.evidence(sentence);
  const [first] = evidence.sentences;
  const quotes = [
    { span: spanOf("“three months' notice”"), passage: 1 },
    { span: spanOf("“any time”"), passage: null },
  ];
  fake.evidence = { ...evidence, sentences: first ? [{ ...first, quotes }] : [] };
  const answer = await ask();
  const verbatim = within(answer).getByText("“three months' notice”");
  expect(plain(verbatim.getAttribute("title"))).toBe("Word for word in passage 1");
  expect(within(answer).getByText("(word for word)")).toBeInTheDocument();
  expect(within(answer).getByText("not found in the documents")).toBeVisible();
});

test("the paper is shown beside a number, and of what was read by OCR always", async () => {
  const answer = await ask();
  const strips = await within(answer).findAllByRole("img", { name: /^The page at this place/ });
  expect(strips.map((each) => plain(each.getAttribute("aria-label")))).toEqual([
    expect.stringContaining("three months' notice,"),
    expect.stringContaining("940 (uncertain) euros"),
  ]);
  await waitFor(() => expect(called("draw_page")).toHaveLength(2));
  expect(called("draw_page")[0]?.["area"]).not.toBeNull();
});

test("only what is cited is shown at first, and the others when asked for", async () => {
  const answer = await ask();
  const cards = () =>
    within(answer)
      .getAllByRole("listitem")
      .filter((each) => each.querySelector("blockquote"));
  expect(cards()).toHaveLength(2);
  await user.click(within(answer).getByRole("button", named("Show 1 more passage")));
  expect(cards()).toHaveLength(3);
  expect(answer).toHaveTextContent("Invisible: it is on the page without being drawn.");
});

test("how the passages were chosen can be looked at", async () => {
  const answer = await ask();
  await user.click(within(answer).getByText("How these passages were chosen"));
  expect(plain(answer.textContent)).toContain(
    "place 1 by its words, place 2 by its meaning; under “2. End of the lease”",
  );
});

test("an answer with evidence is not from the model's memory, and one without is", async () => {
  const answer = await ask();
  expect(answer).toHaveTextContent("Checked against your documents.");
  expect(within(answer).queryByText("From the model’s memory, unchecked")).toBeNull();
});

test("an answer that was stopped before it was checked says so", async () => {
  fake.evidence = { ...fake.library.evidence(cited), sentences: [] };
  const answer = await ask();
  expect(within(answer).getByText("From the model’s memory, unchecked")).toBeVisible();
});

test("where the documents do not answer, that is said, with the nearest passages", async () => {
  fake.evidence = fake.library.evidence("", false);
  fake.answer = ["Your documents do not say."];
  const answer = await ask();
  expect(within(answer).getByRole("region", named("Your documents do not answer this"))).toHaveTextContent(
    "The nearest passages there are:",
  );
  expect(within(answer).getAllByRole("button", { name: /^Open passage/ })).toHaveLength(3);
  await audit(alone);
});

test("a passage of a removed document is still quoted, and leads nowhere", async () => {
  const evidence = fake.library.evidence(cited);
  fake.evidence = { ...evidence, passages: evidence.passages.map((each) => ({ ...each, gone: true })) };
  const answer = await ask();
  expect(within(answer).getAllByText("This document was removed.").length).toBeGreaterThan(0);
  await user.click(within(answer).getAllByRole("button", named("This document was removed."))[0] as HTMLElement);
  expect(viewer.place).toBeNull();
});

test("an answer with evidence has no fault that axe can find", async () => {
  await ask();
  await audit(alone);
});

test("what a chat is about is chosen, and kept", async () => {
  const view = fake.chat("Knots", ["How?", "So."]);
  chats.show(view.row.id);
  render(Chat);
  await article(1);
  await user.click(screen.getByRole("button", named("About: nothing")));
  const dialog = await screen.findByRole("dialog", { name: "What is this chat about?" });
  await user.click(within(dialog).getByRole("radio", { name: "Collections or documents that I choose" }));
  await user.click(within(dialog).getByRole("button", { name: "Keep" }));
  expect(within(dialog).getByRole("alert")).toHaveTextContent("Choose at least one");
  await user.click(within(dialog).getByRole("checkbox", { name: "Flat" }));
  await user.click(within(dialog).getByRole("checkbox", { name: "Invoice 2024-017.jpg" }));
  await audit(alone);
  await user.click(within(dialog).getByRole("button", { name: "Keep" }));
  const scope = { all: false, collections: [1], documents: [2] };
  await waitFor(() => expect(called("set_chat_scope")).toEqual([{ chat: view.row.id, scope }]));
  expect(await screen.findByRole("button", named("About: 1 collection, 1 document"))).toBeInTheDocument();
});

test("the first thing offered is a sample document, with a question about it", async () => {
  fake.library.view.documents = [];
  await library.refresh();
  chats.begin();
  render(Chat);
  await user.click(await screen.findByRole("button", { name: "Try it with a sample document" }));
  await waitFor(() => expect(box()).toHaveFocus());
  expect(called("add_sample")).toHaveLength(1);
  expect(box().value).toMatch(/\?$/);
  expect(chat.now.scope?.documents).toHaveLength(1);
  expect(screen.getByRole("button", named("About: Sample lease.pdf"))).toBeInTheDocument();
});
