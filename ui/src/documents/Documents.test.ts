import { cleanup, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { audit } from "../../tests/audit";
import { Fake } from "../../tests/fake";
import { documentRow } from "../../tests/fake-library";
import { pretendLayout } from "../../tests/layout";
import { announcements } from "../parts/announce.svelte";
import { chats } from "../state/chats.svelte";
import { library } from "../state/library.svelte";
import { panels } from "../state/panels.svelte";
import { session } from "../state/session.svelte";
import { viewer } from "../state/viewer.svelte";
import Adding from "./Adding.svelte";
import Documents from "./Documents.svelte";
import DropOverlay from "./DropOverlay.svelte";
import { find } from "./find.svelte";

let fake: Fake;
const user = userEvent.setup();

beforeEach(() => {
  document.documentElement.lang = "en";
  pretendLayout();
  fake = new Fake().install();
  fake.library.fill();
  library.clear();
  viewer.clear();
  announcements.lines = [];
});
afterEach(() => {
  cleanup();
  panels.open = null;
  find.clear();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const alone = { region: { enabled: false } };
const called = (command: string) => fake.calls.filter((call) => call.command === command).map((call) => call.args);
const said = () => announcements.lines.at(-1)?.text.replaceAll(/[\u2068\u2069]/g, "");
const plain = (name: string) => (content: string) => content.replaceAll(/[\u2068\u2069]/g, "") === name;

async function show(): Promise<HTMLElement> {
  render(Documents);
  panels.open = "documents";
  return screen.findByRole("dialog", { name: "Documents" });
}
const line = async (name: string) =>
  (await screen.findByRole("button", { name: plain(`Open “${name}”`) })) as HTMLElement;
// In jsdom a menu finds no place, and stays hidden for want of one: it has no role to be found by.
async function choose(button: HTMLElement, item: string): Promise<void> {
  button.focus();
  await user.keyboard("{Enter}");
  const entry = (await screen.findByText(item)).closest<HTMLElement>("[role^=menuitem]");
  await waitFor(() => expect(entry).not.toBeNull());
  entry?.focus();
  await user.keyboard("{Enter}");
}
const menuOf = (name: string) => screen.getByRole("button", { name: plain(`More for “${name}”`) });

test("the library says of each document what it is and how far it is", async () => {
  await show();
  expect(await line("Lease.pdf")).toHaveAccessibleDescription(
    /PDF · .*3.* pages · 184 kB · added on .* · Original kept/,
  );
  expect(await line("Invoice 2024-017.jpg")).toHaveAccessibleDescription(/1 page read by OCR/);
  expect(await line("Minutes of the general meeting.docx")).toHaveAccessibleDescription(/Being read .*12.* of .*40/);
  expect(await line("Tax return.pdf")).toHaveAccessibleDescription(/locked with a password/);
  expect(screen.getByRole("progressbar", { name: "Progress of reading" })).toBeInTheDocument();
  expect(screen.getByText(/28.* pages left · about .*2 min/)).toBeInTheDocument();
  await audit(alone);
});

test("an empty library says what it is for, and that nothing leaves the computer", async () => {
  fake.library.view.documents = [];
  fake.library.view.collections = [];
  const dialog = await show();
  expect(await within(dialog).findByText(/Nothing leaves this computer/)).toBeInTheDocument();
  await audit(alone);
});

test("ten thousand documents do not stand in the page at once", async () => {
  fake.library.view.documents = Array.from({ length: 10_000 }, (_, at) => documentRow(at + 1, `Letter ${at}.pdf`));
  await show();
  await line("Letter 0.pdf");
  const lines = screen.getAllByRole("listitem");
  expect(lines.length).toBeLessThan(100);
  expect(lines[0]).toHaveAttribute("aria-setsize", "10000");
});

test("the arrow keys go from one document to the next", async () => {
  await show();
  (await line("Lease.pdf")).focus();
  await user.keyboard("{ArrowDown}");
  await waitFor(async () => expect(await line("Invoice 2024-017.jpg")).toHaveFocus());
  await user.keyboard("{End}");
  await waitFor(async () => expect(await line("Letter from the bank.eml")).toHaveFocus());
});

test("Enter opens a document beside the chat, but not one of which nothing is read", async () => {
  await show();
  (await line("Tax return.pdf")).focus();
  await user.keyboard("{Enter}");
  expect(viewer.place).toBeNull();
  (await line("Lease.pdf")).focus();
  await user.keyboard("{Enter}");
  expect(viewer.place).toMatchObject({ document: 1, page: 0, span: null });
  expect(panels.open).toBeNull();
});

test("a document is removed only when confirmed, and it is said what goes", async () => {
  await show();
  (await line("Lease.pdf")).focus();
  await user.keyboard("{Delete}");
  const ask = await screen.findByRole("alertdialog", { name: plain("Remove “Lease.pdf”?") });
  expect(ask).toHaveAccessibleDescription(/text, its vectors, .*search index and the original .* cannot be undone/);
  expect(ask).toHaveTextContent(/Lease.pdf.* is not touched/);
  expect(called("remove_document")).toEqual([]);
  await audit(alone);
  await user.click(within(ask).getByRole("button", { name: "Remove" }));
  await waitFor(() => expect(called("remove_document")).toEqual([{ document: 1 }]));
  await waitFor(async () => expect(await line("Invoice 2024-017.jpg")).toHaveFocus());
  expect(said()).toBe("“Lease.pdf” is removed.");
});

test("a document that could not be read is tried again", async () => {
  await show();
  await line("Tax return.pdf");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(called("retry_document")).toEqual([{ document: 4 }]));
});

test("reading is paused and gone on with", async () => {
  await show();
  await user.click(await screen.findByRole("button", { name: "Pause" }));
  await user.click(await screen.findByRole("button", { name: "Go on" }));
  expect(called("pause_library")).toEqual([{ paused: true }, { paused: false }]);
});

test("progress is measured by the most there was to do", () => {
  const work = { state: "working", document: "a", documents_left: 0, passages_left: 0, seconds_left: null } as const;
  library.hear({ type: "work", ...work, pages_left: 40 });
  library.hear({ type: "work", ...work, pages_left: 10 });
  expect(library.share).toBe(0.75);
  library.hear({ type: "work", ...work, state: "idle", pages_left: 0 });
  expect(library.share).toBe(0);
});

test("a chat is begun about a document", async () => {
  await show();
  await line("Lease.pdf");
  await choose(menuOf("Lease.pdf"), "Ask about it");
  expect(chats.scope).toEqual({ all: false, collections: [], documents: [1] });
  expect(panels.open).toBeNull();
});

test("documents are put into collections, which are made, shown and deleted", async () => {
  const dialog = await show();
  await line("Letter from the bank.eml");
  await choose(menuOf("Letter from the bank.eml"), "Flat");
  await waitFor(() => expect(called("put_in_collection")).toEqual([{ document: 5, collection: 1, member: true }]));
  await user.selectOptions(within(dialog).getByRole("combobox", { name: "Collection" }), "1");
  expect(screen.queryByText("Tax return.pdf")).toBeNull();
  expect(await line("Letter from the bank.eml")).toBeInTheDocument();
  await choose(within(dialog).getByRole("button", { name: "Collections" }), "New collection …");
  await user.type(await screen.findByRole("textbox", { name: "Name of the collection" }), "Taxes{Enter}");
  await waitFor(() => expect(called("make_collection")).toEqual([{ name: "Taxes" }]));
  await screen.findByText(/Nothing is in this collection yet/);
  await choose(within(dialog).getByRole("button", { name: "Collections" }), "Delete this collection");
  await waitFor(() => expect(called("delete_collection")).toHaveLength(1));
  await line("Tax return.pdf");
});

test("a folder is watched no longer", async () => {
  await show();
  await user.click(await screen.findByText(/Watched folders/));
  await user.click(screen.getByRole("button", { name: plain("Stop watching /home/ada/Scans") }));
  await waitFor(() => expect(called("unwatch")).toEqual([{ path: "/home/ada/Scans" }]));
});

test("what is found is lit, and opens at its place", async () => {
  const dialog = await show();
  await line("Lease.pdf");
  await user.type(within(dialog).getByRole("searchbox", { name: "Search in documents" }), "three months");
  const results = await screen.findByRole("region", { name: "Passages found" });
  const hit = within(results).getAllByRole("button")[0] as HTMLElement;
  expect(hit).toHaveTextContent(/Lease\.pdf.*page .*1.*2\. End of the lease/);
  expect(hit.querySelector("mark")).toHaveTextContent("three months");
  expect(hit).toHaveTextContent("found by its words and its meaning");
  await audit(alone);
  await user.keyboard("{ArrowDown}");
  expect(hit).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(viewer.place).toMatchObject({ document: 1, page: 0 });
  expect(viewer.place?.span).not.toBeNull();
});

test("what is looked for is looked for in the collection and the kind on show", async () => {
  const dialog = await show();
  await line("Lease.pdf");
  await user.selectOptions(within(dialog).getByRole("combobox", { name: "Collection" }), "1");
  await user.selectOptions(within(dialog).getByRole("combobox", { name: "Kind" }), "pdf");
  await user.type(within(dialog).getByRole("searchbox"), "rent");
  await waitFor(() =>
    expect(called("search_documents").at(-1)).toEqual({
      query: {
        words: "rent",
        scope: { all: false, collections: [1], documents: [] },
        kinds: ["pdf"],
        from: null,
        until: null,
      },
    }),
  );
});

test("the list and what is looked for are narrowed to days", async () => {
  fake.library.view.documents = [
    documentRow(1, "Old lease.pdf", { dated: new Date(2019, 4, 1, 12).getTime() }),
    documentRow(2, "New lease.pdf", { dated: new Date(2024, 2, 31, 23).getTime() }),
  ];
  const dialog = await show();
  await line("Old lease.pdf");
  const days = within(dialog).getByRole("group", { name: "Date of the file" });
  await user.type(within(days).getByLabelText("From"), "2024-01-01");
  await user.type(within(days).getByLabelText("to"), "2024-03-31");
  await waitFor(() => expect(screen.queryByText("Old lease.pdf")).toBeNull());
  await line("New lease.pdf");
  await audit(alone);
  await user.type(within(dialog).getByRole("searchbox"), "rent");
  const [from, until] = [new Date(2024, 0, 1).getTime(), new Date(2024, 3, 1).getTime()];
  await waitFor(() => expect(called("search_documents").at(-1)).toMatchObject({ query: { from, until } }));
});

test("a document is found by its name, and opens", async () => {
  const dialog = await show();
  await line("Lease.pdf");
  await user.type(within(dialog).getByRole("searchbox"), "LEASE");
  const results = await screen.findByRole("region", { name: "Passages found" });
  expect(within(results).getByRole("heading", { name: "Documents of this name" })).toBeInTheDocument();
  await audit(alone);
  await user.click(within(results).getByRole("button", { name: /Lease\.pdf.* PDF/ }));
  expect(viewer.place).toMatchObject({ document: 1, page: 0, span: null });
});

test("files that are dropped are asked about, then added, and what was not taken is said", async () => {
  library.hear({ type: "dragging", over: true });
  expect(library.dragging).toBe(true);
  render(DropOverlay);
  expect(screen.getByRole("status")).toHaveTextContent("Nothing leaves this computer.");
  library.hear({ type: "dropped", files: 2, folders: 1 });
  expect(library.dragging).toBe(false);
  expect(called("add_dropped")).toEqual([]);
  await library.refresh();
  render(Adding, { wish: { source: "dropped", files: 2, folders: 1 } });
  const ask = await screen.findByRole("dialog", { name: "Add documents" });
  expect(ask).toHaveAccessibleDescription(/2.* files.* and .*1 folder/);
  await audit(alone);
  await user.selectOptions(within(ask).getByRole("combobox", { name: "Collection" }), "1");
  await user.click(within(ask).getByRole("radio", { name: "Only their text" }));
  await user.click(within(ask).getByRole("button", { name: "Add" }));
  await waitFor(() => expect(called("add_dropped")).toEqual([{ adding: { collection: 1, seal: false } }]));
  await waitFor(() => expect(panels.open).toBe("documents"));
  render(Documents);
  expect(await screen.findByText("1 document added.", { exact: false })).toBeInTheDocument();
  expect(screen.getByText("film.mp4")).toBeInTheDocument();
});

test("a pasted text needs a name", async () => {
  await library.refresh();
  render(Adding, { wish: { source: "text", files: 0, folders: 0 } });
  const ask = await screen.findByRole("dialog", { name: "Add a text" });
  await user.type(within(ask).getByRole("textbox", { name: "Text" }), "The rent is due.");
  await user.click(within(ask).getByRole("button", { name: "Add" }));
  expect(called("add_text")).toEqual([]);
  await user.type(within(ask).getByRole("textbox", { name: "Name" }), "Note");
  await user.click(within(ask).getByRole("button", { name: "Add" }));
  const adding = { collection: null, seal: true };
  await waitFor(() => expect(called("add_text")).toEqual([{ name: "Note", text: "The rent is due.", adding }]));
});

test("nobody is told to part with their own files, and without a recovery code to keep them all the more", async () => {
  session.screen = { screen: "open", slots: ["keyring"], started: true, recovery_confirmed: false };
  render(Adding, { wish: { source: "files", files: 0, folders: 0 } });
  const ask = await screen.findByRole("dialog", { name: "Add documents" });
  expect(ask).toHaveTextContent(/Keep them: without a recovery code/);
  session.screen = { screen: "open", slots: ["keyring"], started: true, recovery_confirmed: true };
  await waitFor(() => expect(ask).toHaveTextContent(/Your own files stay as they are\. Keep them\./));
});

test("what cannot be done is said", async () => {
  await show();
  await line("Tax return.pdf");
  fake.refuse["retry_document"] = { code: "disk_full", kind: "storage", message: "The disk is full." };
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The disk is full.");
});
