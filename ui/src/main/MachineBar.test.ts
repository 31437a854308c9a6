import { cleanup, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { audit } from "../../tests/audit";
import { Fake } from "../../tests/fake";
import type { ModelState } from "../api/types";
import { speak } from "../language/language.svelte";
import { panels } from "../state/panels.svelte";
import { session } from "../state/session.svelte";
import MachineBar from "./MachineBar.svelte";

let fake: Fake;
const user = userEvent.setup();

beforeEach(async () => {
  fake = new Fake().install();
  session.machine = null;
  session.opened({ slots: ["keyring"], started: true, recovery_confirmed: true });
  await speak("en");
});
afterEach(() => {
  panels.open = null;
  cleanup();
});

const be = (model: ModelState) => (session.machine = { model, memory_bytes: 1_250_000_000 });

test("names the model for what it is, and the memory in use", async () => {
  render(MachineBar);
  expect(await screen.findByText("SmolLM2-135M-Instruct")).toBeVisible();
  expect(screen.getByText("small, English, for trying things")).toBeVisible();
  expect(screen.getByText(/412 MB/)).toBeVisible();
  expect(screen.queryByText(/no recovery code/)).toBeNull();
  await audit();
});

test("writes amounts as they are written in the language", async () => {
  await speak("fr");
  be({ state: "asleep" });
  render(MachineBar);
  expect(screen.getByText(/1,3\sGo/)).toBeVisible();
});

test("shows how far the loading is", async () => {
  be({ state: "loading", permille: 400 });
  render(MachineBar);
  expect(screen.getByText(/loading.*40%/)).toBeVisible();
  expect(screen.getByRole("progressbar")).toHaveValue(400);
  await audit();
});

test("what was pushed is not overwritten by what was asked for", async () => {
  be({ state: "asleep" });
  render(MachineBar);
  await waitFor(() => expect(fake.calls.map((call) => call.command)).toContain("machine"));
  expect(screen.getByText(/asleep/)).toBeVisible();
});

test("a failed model says why, and is tried again", async () => {
  be({ state: "failed", problem: { code: "engine_died", kind: "engine", message: "The engine stopped." } });
  render(MachineBar);
  expect(screen.getByRole("alert")).toHaveTextContent("The engine stopped.");
  fake.refuse["wake"] = { code: "memory", kind: "model", message: "There is too little memory." };
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("There is too little memory.")).toBeVisible();
  await audit();
  screen.getByRole("button", { name: "Try again" }).focus();
  be({ state: "loading", permille: 0 });
  await waitFor(() => expect(screen.getByRole("button", { name: "Trust" })).toHaveFocus());
});

test("the lock leads to what Tacit keeps to, the reminder to a recovery code", async () => {
  session.opened({ slots: ["keyring"], started: true, recovery_confirmed: false });
  render(MachineBar);
  await user.click(screen.getByRole("button", { name: "Trust" }));
  expect(panels.open).toBe("trust");
  expect(screen.getByText("You have no recovery code yet")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Make one" }));
  expect(panels.open).toBe("recovery");
  await audit();
});
