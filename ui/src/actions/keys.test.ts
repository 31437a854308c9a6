import { expect, test } from "vitest";
import type { Action } from "./actions.svelte";
import { actionFor, matches, type Pressed, written } from "./keys";

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  defaultPrevented: false,
  target: document.body,
  ...more,
});
const action = (id: string, keys: string, more: Partial<Action> = {}): Action => ({
  id,
  keys,
  label: () => id,
  run: () => {},
  ...more,
});

test("Mod is Ctrl, and Cmd on a Mac", () => {
  expect(matches("Mod+N", press("n", { ctrlKey: true }), false)).toBe(true);
  expect(matches("Mod+N", press("n", { metaKey: true }), false)).toBe(false);
  expect(matches("Mod+N", press("n", { metaKey: true }), true)).toBe(true);
  expect(matches("Mod+N", press("N", { ctrlKey: true, shiftKey: true }), false)).toBe(false);
  expect(matches("Mod+Shift+N", press("N", { ctrlKey: true, shiftKey: true }), false)).toBe(true);
});

test("letters are found by their place on a layout without them, and by their sign on one with", () => {
  expect(matches("Mod+K", press("л", { ctrlKey: true, code: "KeyK" }), false)).toBe(true);
  expect(matches("Mod+Z", press("y", { ctrlKey: true, code: "KeyZ" }), false)).toBe(false);
  expect(matches("Mod+Z", press("z", { ctrlKey: true, code: "KeyY" }), false)).toBe(true);
});

test("signs are found wherever a layout has them", () => {
  expect(matches("Mod+Slash", press("/", { ctrlKey: true, shiftKey: true, code: "Digit7" }), false)).toBe(true);
  expect(matches("Mod+Comma", press(",", { ctrlKey: true, code: "KeyM" }), false)).toBe(true);
  expect(matches("Mod+Comma", press("<", { ctrlKey: true, shiftKey: true, code: "Comma" }), false)).toBe(false);
  expect(matches("Mod+Shift+Comma", press("<", { ctrlKey: true, shiftKey: true, code: "Comma" }), false)).toBe(true);
});

test("what is typed into a text box stays there", () => {
  const target = document.createElement("textarea");
  const offered = [
    action("help", "Question"),
    action("stop", "Escape"),
    action("new", "Mod+N"),
    action("rename", "F2"),
  ];
  expect(actionFor(press("?"), offered, false)?.id).toBe("help");
  expect(actionFor(press("?", { target }), offered, false)).toBeUndefined();
  expect(actionFor(press("Escape", { target }), offered, false)?.id).toBe("stop");
  expect(actionFor(press("F2", { target }), offered, false)?.id).toBe("rename");
  expect(actionFor(press("n", { target, ctrlKey: true }), offered, false)?.id).toBe("new");
  expect(actionFor(press("n", { target, ctrlKey: true, isComposing: true }), offered, false)).toBeUndefined();
  expect(actionFor(press("n", { target, ctrlKey: true, defaultPrevented: true }), offered, false)).toBeUndefined();
});

test("under a dialog nothing is done but what may be done anywhere", () => {
  const dialog = document.createElement("div");
  dialog.setAttribute("role", "dialog");
  const target = dialog.appendChild(document.createElement("button"));
  const offered = [action("stop", "Escape"), action("lock", "Mod+Shift+L", { anywhere: true })];
  expect(actionFor(press("Escape", { target }), offered, false)).toBeUndefined();
  expect(actionFor(press("L", { target, ctrlKey: true, shiftKey: true }), offered, false)?.id).toBe("lock");
  dialog.setAttribute("data-drawer", "");
  expect(actionFor(press("Escape", { target }), offered, false)).toBeUndefined();
  expect(actionFor(press("n", { target, ctrlKey: true }), [action("new", "Mod+N")], false)?.id).toBe("new");
});

test("what cannot be done now leaves the keys to others", () => {
  const offered = [action("first", "F2"), action("second", "F2", { enabled: () => false })];
  expect(actionFor(press("F2"), offered, false)?.id).toBe("first");
});

test("keys are written as on the keyboard", () => {
  const words = { Mod: "Strg", Shift: "Umschalt" };
  expect(written("Mod+Shift+Comma", words, false)).toEqual(["Strg", "Umschalt", ","]);
  expect(written("Mod+Shift+N", words, true)).toEqual(["⌘", "⇧", "N"]);
  expect(written("Alt+ArrowDown", {}, false)).toEqual(["Alt", "↓"]);
});
