import { cleanup, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { audit } from "../../tests/audit";
import { Fake } from "../../tests/fake";
import type { Locked, Problem } from "../api/types";
import { speak } from "../language/language.svelte";
import { session } from "../state/session.svelte";
import Stuck from "./Stuck.svelte";
import Unlock from "./Unlock.svelte";

let fake: Fake;
const user = userEvent.setup();
afterEach(cleanup);

beforeEach(async () => {
  fake = new Fake().install();
  await speak("en");
});

const missing: Problem = { code: "keyring_item_missing", kind: "key", message: "The keyring no longer holds the key." };
const called = (command: string) => fake.calls.filter((call) => call.command === command).map((call) => call.args);

function lockedWith(locked: Locked): void {
  session.locked(locked);
  render(Unlock);
}

test("a passphrase opens it, by Enter", async () => {
  lockedWith({ slots: ["passphrase", "recovery"], keyring: null });
  const field = screen.getByLabelText("Passphrase");
  expect(field).toHaveFocus();
  expect(screen.queryByRole("button", { name: "Unlock with the keyring" })).toBeNull();
  await audit();
  await user.type(field, "four odd words{Enter}");
  await waitFor(() => expect(session.screen).toMatchObject({ screen: "open", started: true }));
  expect(called("unlock")).toEqual([{ key: { with: "passphrase", passphrase: "four odd words" } }]);
});

test("a wrong passphrase is said, and the field is ready to be typed over", async () => {
  lockedWith({ slots: ["passphrase"], keyring: null });
  fake.refuse["unlock"] = { code: "wrong_passphrase", kind: "key", message: "That passphrase does not open it." };
  const field = screen.getByLabelText<HTMLInputElement>("Passphrase");
  await user.type(field, "wrong");
  await user.click(screen.getByRole("button", { name: "Unlock" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("That passphrase does not open it.");
  expect(field).toHaveFocus();
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 5]);
  await audit();
});

test("nothing typed is nothing tried", async () => {
  lockedWith({ slots: ["passphrase"], keyring: null });
  await user.click(screen.getByRole("button", { name: "Unlock" }));
  expect(screen.getByRole("alert")).toHaveTextContent("Type your passphrase first.");
  expect(called("unlock")).toEqual([]);
});

test("an emptied keyring is explained, and the recovery code makes a new everyday key", async () => {
  lockedWith({ slots: ["keyring", "recovery"], keyring: missing });
  expect(screen.getByRole("alert")).toHaveTextContent(missing.message);
  expect(screen.getByRole("alert")).toHaveTextContent("nothing is lost");
  await audit();
  await user.click(screen.getByRole("button", { name: "Use the recovery code" }));
  expect(screen.getByRole("heading", { level: 1 })).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Unlock" }));
  expect(screen.getByRole("alert")).toHaveTextContent("Type the twelve words first.");
  const words = "ability absent accuse across actor adapt aerobic album alley amazing anger apple";
  await user.type(screen.getByLabelText("Type the twelve words"), words);
  await user.click(screen.getByRole("radio", { name: /A passphrase of my own/ }));
  await audit();
  await user.type(screen.getByLabelText("Passphrase"), "new words");
  await user.type(screen.getByLabelText("The same passphrase again"), "new words");
  await user.click(screen.getByRole("button", { name: "Unlock" }));
  await waitFor(() => expect(session.screen).toMatchObject({ screen: "open" }));
  expect(called("unlock")).toEqual([{ key: { with: "recovery", code: words, new_passphrase: "new words" } }]);
});

test("a wrong recovery code is said beside the words", async () => {
  lockedWith({ slots: ["keyring", "recovery"], keyring: missing });
  await user.click(screen.getByRole("button", { name: "Use the recovery code" }));
  fake.refuse["unlock"] = { code: "wrong_recovery_code", kind: "key", message: "Not the code of this vault." };
  await user.type(screen.getByLabelText("Type the twelve words"), "a b c{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("Not the code of this vault.");
  expect(screen.getByLabelText("Type the twelve words")).toHaveFocus();
  await user.click(screen.getByRole("button", { name: "Back" }));
  expect(screen.getByRole("button", { name: "Unlock with the keyring" })).toBeVisible();
});

test("where there is no other way, that is said", () => {
  lockedWith({ slots: ["keyring"], keyring: missing });
  expect(screen.getByRole("alert")).toHaveTextContent("opens with the keyring alone");
});

test("the keyring can be tried again, and what it says now counts", async () => {
  lockedWith({ slots: ["keyring"], keyring: { ...missing, code: "keyring_locked", message: "It is locked." } });
  expect(screen.getByRole("alert")).toHaveTextContent("Unlock your keyring");
  fake.refuse["unlock"] = { ...missing, message: "Now it is empty." };
  await user.click(screen.getByRole("button", { name: "Unlock with the keyring" }));
  expect(await screen.findByText("Now it is empty.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Unlock with the keyring" }));
  await waitFor(() => expect(session.screen).toMatchObject({ screen: "open" }));
});

test("a vault that cannot be opened at all says why, and can be tried again", async () => {
  session.screen = null;
  render(Stuck, { problem: { code: "in_use", kind: "busy", message: "Another program has it open." } });
  expect(screen.getByRole("alert")).toHaveTextContent("Another program has it open.");
  await audit();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(session.screen).toMatchObject({ screen: "open" }));
});
