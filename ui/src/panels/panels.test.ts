import { cleanup, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import type { Component } from "svelte";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { audit } from "../../tests/audit";
import { Fake } from "../../tests/fake";
import type { Check, Open } from "../api/types";
import { speak } from "../language/language.svelte";
import { type Panel, panels } from "../state/panels.svelte";
import { session } from "../state/session.svelte";
import About from "./About.svelte";
import Preferences from "./Preferences.svelte";
import { promises, summary } from "./promises";
import Recovery from "./Recovery.svelte";
import Trust from "./Trust.svelte";

let fake: Fake;
let outside: HTMLButtonElement;
const user = userEvent.setup();
const vault: Open = { slots: ["keyring"], started: true, recovery_confirmed: false };
// What stands around the panel is the page's; here there is only a button.
const alone = { region: { enabled: false } };

beforeEach(async () => {
  fake = new Fake().install();
  session.opened(vault);
  session.beginning = fake.beginning;
  await session.prefer({ language: "en", theme: "system", large: false });
  await speak("en");
  outside = document.body.appendChild(document.createElement("button"));
  outside.textContent = "Outside";
  outside.focus();
});
afterEach(() => {
  panels.open = null;
  cleanup();
  outside.remove();
});

const called = (command: string) => fake.calls.filter((call) => call.command === command).map((call) => call.args);

async function show(panel: Panel, title: string): Promise<HTMLElement> {
  panels.open = panel;
  return screen.findByRole("dialog", { name: title });
}

const PANELS: [Panel, string, Component][] = [
  ["preferences", "Preferences", Preferences],
  ["trust", "What Tacit keeps to", Trust],
  ["about", "Tacit", About as Component],
  ["recovery", "A spare key, on paper", Recovery],
];
test.each(PANELS)("%s takes the focus, and gives it back when it goes", async (panel, title, component) => {
  render(component);
  const dialog = await show(panel, title);
  await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement));
  await audit(alone);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(panels.open).toBeNull();
  expect(outside).toHaveFocus();
});

describe("preferences", () => {
  test("change the page at once and are kept", async () => {
    render(Preferences);
    await show("preferences", "Preferences");
    await user.click(screen.getByRole("radio", { name: "Dark" }));
    expect(document.documentElement.dataset["theme"]).toBe("dark");
    await user.click(screen.getByRole("switch", { name: "Large and simple" }));
    expect(document.documentElement.hasAttribute("data-large")).toBe(true);
    await user.click(screen.getByRole("radio", { name: "Français" }));
    await screen.findByRole("dialog", { name: "Préférences" });
    const kept = { preferences: { language: "fr", theme: "dark", large: true } };
    await waitFor(() => expect(called("set_preferences").at(-1)).toEqual(kept));
  });

  test("that cannot be kept say so", async () => {
    render(Preferences);
    await show("preferences", "Preferences");
    fake.refuse["set_preferences"] = { code: "disk_full", kind: "storage", message: "The disk is full." };
    await user.click(screen.getByRole("radio", { name: "Dark" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("The disk is full.");
  });

  test("lock", async () => {
    render(Preferences);
    await show("preferences", "Preferences");
    await user.click(screen.getByRole("button", { name: "Lock now" }));
    await waitFor(() => expect(session.screen?.screen).toBe("locked"));
    expect(panels.open).toBeNull();
  });

  test("lead to a recovery code, which is then noted", async () => {
    render(Preferences);
    render(Recovery);
    await show("preferences", "Preferences");
    await user.click(screen.getByRole("button", { name: "Make a recovery code" }));
    await screen.findByRole("dialog", { name: "A spare key, on paper" });
    await user.click(screen.getByRole("button", { name: "Continue" }));
    const dialog = await screen.findByRole("dialog", { name: "Your twelve words" });
    expect(within(dialog).getAllByRole("listitem")).toHaveLength(12);
    await waitFor(() => expect(within(dialog).getByRole("heading", { level: 2 })).toHaveFocus());
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await user.type(screen.getByLabelText("Type the twelve words"), "a b c d e f g h i j k l{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(session.screen).toMatchObject({ recovery_confirmed: true, slots: ["keyring", "recovery"] });
  });
});

describe("trust", () => {
  const checks: Check[] = [
    { promise: 1, name: "internet socket", holds: true, evidence: "refused" },
    { promise: 1, name: "io_uring", holds: false, evidence: "IT WORKED" },
    { promise: 2, name: "encrypted", holds: true, evidence: "random bytes" },
    { promise: 5, name: "GPU", holds: null, evidence: "not used" },
  ];

  test("a promise holds when all that was tried does", () => {
    const seen = promises(checks);
    expect(seen.map((each) => each.verdict)).toEqual([
      "broken",
      "holds",
      "unseen",
      "unseen",
      "unseen",
      "unseen",
      "unseen",
      "unseen",
    ]);
    expect(seen.flatMap((each) => each.checks)).toHaveLength(checks.length);
    expect(summary(checks)).toMatch(/^One of .*3.* does not hold/);
    expect(summary(checks.filter((check) => check.holds !== false))).toMatch(/2.* things were tried .* all hold/);
  });

  test("shows what was tried, and what was seen behind it", async () => {
    render(Trust);
    await show("trust", "What Tacit keeps to");
    expect(await screen.findByText(/2.* things were tried/)).toBeVisible();
    expect(screen.getAllByRole("listitem")).toHaveLength(8);
    expect(screen.getAllByText(/you have only our word/)).toHaveLength(5);
    const evidence = screen.getByText("refused: Operation not permitted");
    expect(evidence).not.toBeVisible();
    await user.click(screen.getAllByText(/^Holds ·/)[0] as HTMLElement);
    expect(evidence).toBeVisible();
    await audit(alone);
  });

  test("can be tried again where it could not be tried", async () => {
    fake.refuse["doctor"] = { code: "internal", kind: "internal", message: "It could not look." };
    render(Trust);
    await show("trust", "What Tacit keeps to");
    expect(await screen.findByRole("alert")).toHaveTextContent("It could not look.");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText(/things were tried/)).toBeVisible();
  });
});

test("about says what it is, its version and its licence", async () => {
  render(About);
  const dialog = await show("about", "Tacit");
  expect(dialog).toHaveTextContent("0.1.0");
  expect(dialog).toHaveTextContent("Apache-2.0 or MIT");
  expect(dialog.querySelector("a")).toBeNull();
});
