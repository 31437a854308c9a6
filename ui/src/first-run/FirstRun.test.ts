import { cleanup, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { audit } from "../../tests/audit";
import { Fake } from "../../tests/fake";
import App from "../App.svelte";
import { speak } from "../language/language.svelte";
import { session } from "../state/session.svelte";

let fake: Fake;
const user = userEvent.setup();
afterEach(cleanup);

beforeEach(async () => {
  fake = new Fake();
  fake.beginning.screen = { screen: "first_run" };
  fake.beginning.preferences = { language: null, theme: "system", large: false };
  fake.install();
  session.screen = null;
  session.problem = null;
  await speak("en");
});

const press = (name: string) => user.click(screen.getByRole("button", { name }));
const heading = (name: string | RegExp) => screen.findByRole("heading", { level: 1, name });
const called = (command: string) => fake.calls.filter((call) => call.command === command).map((call) => call.args);

async function begin(): Promise<void> {
  void session.begin();
  render(App);
  await heading("Welcome to Tacit");
}

/** Up to where the key is chosen. */
async function toKey(): Promise<void> {
  await begin();
  await press("Continue");
  await press("Continue");
  await heading("What opens your chats");
}

/** Up to the words, with the keyring. */
async function toWords(): Promise<string[]> {
  await toKey();
  await press("Continue");
  await heading("A spare key, on paper");
  await press("Continue");
  await heading("Your twelve words");
  return screen.getAllByRole("listitem").map((item) => item.textContent?.replace(/^\d+/, "").trim() ?? "");
}

describe("the first run", () => {
  test("is gone through with the proposals as they are, and each heading takes the focus", async () => {
    await begin();
    for (const name of ["Welcome to Tacit", "An assistant that keeps things to itself", "What opens your chats"]) {
      expect(await heading(name)).toHaveFocus();
      await audit();
      await press("Continue");
    }
    expect(await heading("A spare key, on paper")).toHaveFocus();
    await audit();
    await press("Later");
    expect(await heading("All is ready")).toHaveFocus();
    await audit();
    await press("Start");
    await waitFor(() => expect(session.screen).toMatchObject({ screen: "open", started: true }));
    expect(called("create_vault")).toEqual([{ passphrase: null }]);
    expect(called("finish_first_run")).toHaveLength(1);
    expect(session.screen).toMatchObject({ recovery_confirmed: false });
  });

  test("speaks the chosen language at once, and keeps it", async () => {
    await begin();
    await user.click(screen.getByRole("radio", { name: "Français" }));
    await heading("Bienvenue dans Tacit");
    expect(document.documentElement.lang).toBe("fr");
    await press("Continuer");
    expect(await heading("Un assistant qui garde tout pour lui")).toBeVisible();
    expect(called("set_preferences").at(-1)).toMatchObject({ preferences: { language: "fr" } });
  });

  test("proposes the system's language", async () => {
    fake.beginning.system_language = "fr-CA";
    void session.begin();
    render(App);
    await heading("Bienvenue dans Tacit");
    expect(screen.getByRole("radio", { name: "Français" })).toBeChecked();
  });

  test("says what it cannot do, and how small the starter is", async () => {
    await begin();
    await press("Continue");
    expect(screen.getAllByRole("listitem")).toHaveLength(3);
    expect(screen.getByText(/SmolLM2-135M.*small.*English.*trying/)).toBeVisible();
    await press("Back");
    await heading("Welcome to Tacit");
  });

  test("takes a passphrase only when it was typed twice alike", async () => {
    await toKey();
    await user.click(screen.getByRole("radio", { name: /A passphrase of my own/ }));
    await press("Continue");
    const first = screen.getByLabelText("Passphrase");
    expect(screen.getByRole("alert")).toHaveTextContent("Type a passphrase first");
    expect(first).toHaveFocus();
    await user.type(first, "four odd words here");
    await waitFor(() => expect(screen.getByRole("meter")).toHaveAttribute("aria-valuetext", "Hard to guess"));
    await audit();
    await user.type(screen.getByLabelText("The same passphrase again"), "four odd words");
    await press("Continue");
    expect(screen.getByRole("alert")).toHaveTextContent("not the same");
    expect(screen.getByLabelText("The same passphrase again")).toHaveFocus();
    expect(called("create_vault")).toEqual([]);
    await user.type(screen.getByLabelText("The same passphrase again"), " here");
    await press("Continue");
    await heading("A spare key, on paper");
    expect(called("create_vault")).toEqual([{ passphrase: "four odd words here" }]);
  });

  test("offers the passphrase where the keyring refuses", async () => {
    fake.refuse["create_vault"] = { code: "keyring_unavailable", kind: "key", message: "No keyring answers." };
    await toKey();
    await press("Continue");
    expect(await screen.findByRole("alert")).toHaveTextContent("No keyring answers.");
    await audit();
    await press("Use a passphrase instead");
    await waitFor(() => expect(screen.getByLabelText("Passphrase")).toHaveFocus());
  });
});

describe("the recovery code", () => {
  test("is shown as twelve numbered words, and typed back", async () => {
    const words = await toWords();
    expect(words).toHaveLength(12);
    await audit();
    await press("Print");
    expect(called("print")).toHaveLength(1);
    await press("Continue");
    expect(await heading("Now type them back")).toHaveFocus();
    expect(screen.queryByText(words[3] as string)).toBeNull();
    await user.type(screen.getByLabelText("Type the twelve words"), "too few");
    await press("Continue");
    expect(await screen.findByRole("alert")).toHaveTextContent("not the twelve words");
    expect(screen.getByLabelText("Type the twelve words")).toHaveFocus();
    await audit();
    await user.clear(screen.getByLabelText("Type the twelve words"));
    await user.type(screen.getByLabelText("Type the twelve words"), `${words.join(" ")}{Enter}`);
    await heading("All is ready");
    expect(called("confirm_recovery_code").at(-1)).toEqual({ words: words.join(" ") });
    expect(session.screen).toMatchObject({ recovery_confirmed: true });
  });

  test("can be looked at again, and put off", async () => {
    await toWords();
    await press("Continue");
    await press("Back");
    await heading("Your twelve words");
    expect(called("make_recovery_code")).toHaveLength(1);
    await press("Later");
    await heading("All is ready");
  });

  test("says a slip of the pen beside the box", async () => {
    await toWords();
    await press("Continue");
    fake.refuse["confirm_recovery_code"] = { code: "bad_recovery_code", kind: "input", message: "There is a mistake." };
    await user.type(screen.getByLabelText("Type the twelve words"), "abcd{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("There is a mistake.");
  });

  test("is where a window that was closed half-way goes on", async () => {
    fake.beginning.screen = { screen: "open", slots: ["keyring"], started: false, recovery_confirmed: false };
    void session.begin();
    render(App);
    await heading("A spare key, on paper");
  });
});
