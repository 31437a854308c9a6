import { cleanup, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Fake } from "../tests/fake";
import App from "./App.svelte";
import { panels } from "./state/panels.svelte";
import { session } from "./state/session.svelte";

let fake: Fake;
const user = userEvent.setup();

beforeEach(() => {
  fake = new Fake().install();
  session.screen = null;
  session.problem = null;
});
afterEach(cleanup);

test("a window that cannot begin says why, and tries again", async () => {
  fake.refuse["beginning"] = { code: "no_home", kind: "storage", message: "The folder cannot be read." };
  fake.beginning.screen = { screen: "locked", slots: ["passphrase"], keyring: null };
  void session.begin();
  render(App);
  expect(await screen.findByRole("alert")).toHaveTextContent("The folder cannot be read.");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.getByLabelText("Passphrase")).toHaveFocus());
});

test("a locked window can be made readable before it is opened", async () => {
  fake.beginning.screen = { screen: "locked", slots: ["passphrase"], keyring: null };
  void session.begin();
  render(App);
  await user.click(await screen.findByRole("button", { name: "Preferences" }));
  await screen.findByRole("dialog", { name: "Preferences" });
  expect(screen.queryByRole("button", { name: "Lock now" })).toBeNull();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.getByRole("button", { name: "Preferences" })).toHaveFocus());
  session.onMenu("about");
  await screen.findByRole("dialog", { name: "Tacit" });
  session.screen = { screen: "stuck", problem: { code: "in_use", kind: "busy", message: "It is in use." } };
  expect(await screen.findByRole("alert")).toHaveTextContent("It is in use.");
  await waitFor(() => expect(panels.open).toBeNull());
});
