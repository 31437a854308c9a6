import { cleanup, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { audit } from "../../tests/audit";
import { Fake } from "../../tests/fake";
import { pretendLayout } from "../../tests/layout";
import { library } from "../state/library.svelte";
import { viewer } from "../state/viewer.svelte";
import ViewerPane from "./ViewerPane.svelte";

let fake: Fake;
let outside: HTMLButtonElement;
const user = userEvent.setup();

beforeEach(async () => {
  document.documentElement.lang = "en";
  pretendLayout();
  fake = new Fake().install();
  fake.library.fill();
  library.clear();
  viewer.clear();
  viewer.over = false;
  await library.refresh();
  outside = document.body.appendChild(document.createElement("button"));
  outside.textContent = "outside";
  outside.focus();
});
afterEach(() => {
  cleanup();
  outside.remove();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const alone = { region: { enabled: false } };
const called = (command: string) => fake.calls.filter((call) => call.command === command).map((call) => call.args);
const plain = (text: string | null | undefined) => (text ?? "").replaceAll(/[\u2068\u2069]/g, "");

/** Opens a document where these words stand. */
async function open(document: number, number: number, words = ""): Promise<HTMLElement> {
  const page = fake.library.page(document, number);
  const at = page.text.indexOf(words);
  const span: [number, number] | null = words ? [at, at + words.length] : null;
  render(ViewerPane);
  viewer.show({ document, name: library.row(document)?.name ?? "", page: number, span }, outside);
  return screen.findByRole("region", { name: (name) => plain(name) === `Page ${number + 1}` });
}
const marked = (page: HTMLElement, mark: string) =>
  [...page.querySelectorAll(`[data-${mark}]`)].map((each) => each.textContent.trim());

test("a document opens at its place, which is lit, and takes the focus", async () => {
  const page = await open(1, 1, "three months' notice");
  await waitFor(() => expect(marked(page, "lit")).toEqual(["three(cited place)", "months'", "notice,"]));
  expect(screen.getByRole("heading", { level: 2, name: "Lease.pdf" })).toHaveFocus();
  expect(screen.getByRole("textbox", { name: "Go to page" })).toHaveValue("2");
  await audit(alone);
});

test("a page is spoken as what it is made of", async () => {
  const page = await open(1, 0);
  const heading = await within(page).findByRole("heading", { level: 4 });
  expect(heading).toHaveTextContent("Lease of 14 Harbour Street");
  expect(within(page).getAllByRole("listitem")).toHaveLength(2);
  expect(within(page).getByRole("columnheader", { name: "Room" })).toBeInTheDocument();
  expect(within(page).getByRole("cell", { name: "24 m²" })).toBeInTheDocument();
});

test("pages are drawn at the size they are shown in", async () => {
  await open(1, 0);
  await waitFor(() => expect(called("draw_page").length).toBeGreaterThan(0));
  const wish = called("draw_page")[0];
  expect(wish).toMatchObject({ document: 1, area: null });
  expect(wish?.["scale"]).toBeCloseTo(200 / 595, 2);
});

test("what the page does not show is marked and explained", async () => {
  const page = await open(1, 1);
  expect(await within(page).findByText("Some of this text is not what the page shows")).toBeInTheDocument();
  expect(page).toHaveTextContent("Invisible: it is on the page without being drawn.");
  const word = page.querySelector(".word.marked");
  expect(word).toHaveTextContent("(not shown on the page)");
});

test("a page read by OCR says so, and what is uncertain in it", async () => {
  const page = await open(2, 0);
  expect(await within(page).findByText(/^Read by OCR from a picture/)).toBeInTheDocument();
  const unsure = [...page.querySelectorAll(".unsure")];
  expect(unsure.map((each) => each.textContent.trim())).toEqual(["940(uncertain)"]);
  expect(unsure[0]).toHaveAttribute("title", expect.stringMatching(/^Uncertain/));
});

test("what has no paper is text with its structure, and its place is lit", async () => {
  const page = await open(5, 0, "940 euros");
  await waitFor(() => expect(marked(page, "lit")).toEqual(["940 euros"]));
  expect(within(page).getByRole("table")).toBeInTheDocument();
  expect(called("draw_page")).toEqual([]);
  await audit(alone);
});

test("a page that cannot be drawn is shown as text, and why is said", async () => {
  fake.refuse["draw_page"] = { code: "reader_died", kind: "engine", message: "The reader ended." };
  render(ViewerPane);
  viewer.show({ document: 2, name: "Invoice", page: 0, span: null }, outside);
  expect(await screen.findByText(/The reader ended\./)).toBeInTheDocument();
  expect(screen.getByText("The keys are given back on the last day.", { exact: false })).toBeInTheDocument();
});

test("a page that cannot be had is asked for again", async () => {
  fake.refuse["page"] = { code: "io", kind: "storage", message: "The system reported a fault." };
  const page = await open(2, 0);
  await user.click(await within(page).findByRole("button", { name: "Try again" }));
  expect(await within(page).findByText(/^Read by OCR/)).toBeInTheDocument();
});

test("one goes from page to page, and bigger and smaller", async () => {
  await open(1, 0);
  const number = screen.getByRole("textbox", { name: "Go to page" });
  expect(screen.getByRole("button", { name: "Page before" })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "Next page" }));
  expect(number).toHaveValue("2");
  await user.clear(number);
  await user.type(number, "99");
  await user.tab();
  expect(number).toHaveValue("3");
  await user.click(screen.getByRole("button", { name: "Bigger" }));
  expect(screen.getByText(/125/)).toBeInTheDocument();
});

test("words are found in the whole document, place by place", async () => {
  const page = await open(1, 0);
  await within(page).findByRole("table");
  await user.type(screen.getByRole("searchbox", { name: "Find in this document" }), "room{Enter}");
  await waitFor(() => expect(marked(page, "found")).toEqual(["Room"]));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(marked(page, "found")).toEqual(["room"]));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("textbox", { name: "Go to page" })).toHaveValue("2"));
  await user.keyboard("{Shift>}{Enter}{/Shift}");
  await waitFor(() => expect(marked(page, "found")).toEqual(["room"]));
  await user.clear(screen.getByRole("searchbox"));
  await user.type(screen.getByRole("searchbox"), "giraffe{Enter}");
  expect(await screen.findByText("These words are not in this document.")).toBeInTheDocument();
});

test("Escape closes it, and the focus goes back to where it was", async () => {
  await open(1, 0);
  await waitFor(() => expect(screen.getByRole("heading", { level: 2 })).toHaveFocus());
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("complementary")).toBeNull());
  await waitFor(() => expect(outside).toHaveFocus());
});

test("in a narrow window it lies over the chat, and Escape closes it too", async () => {
  viewer.over = true;
  await open(1, 0);
  expect(screen.getByRole("dialog")).toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole("heading", { level: 2, hidden: true })).toHaveFocus());
  await audit(alone);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() => expect(outside).toHaveFocus());
});

test("of a thousand pages only those near the view are fetched and drawn", async () => {
  const [lease] = fake.library.view.documents;
  if (lease) lease.pages = 1000;
  await library.refresh();
  await open(1, 500);
  await waitFor(() => expect(called("draw_page").length).toBeGreaterThan(0));
  // A page is as high as a line in the pretended layout: forty of them are on show, at the beginning and at the place.
  expect(called("page").length).toBeLessThan(200);
  expect(screen.getByText(/of .*1,000|of .*1000/)).toBeInTheDocument();
});
