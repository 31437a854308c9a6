/** The keys of the actions: which action a pressed key means, and how its keys are written. */
import type { Action } from "./actions.svelte";

type Wish = { mod: boolean; alt: boolean; shift: boolean; name: string };
export type Pressed = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing" | "defaultPrevented" | "target"
>;

const SYMBOLS: Record<string, string> = { Comma: ",", Slash: "/", Question: "?" };
const MAC_SIGNS: Record<string, string> = { Mod: "⌘", Shift: "⇧", Alt: "⌥" };
const ARROWS: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

export const isMac = (): boolean => /mac/i.test(navigator.platform);

function read(keys: string): Wish {
  const parts = keys.split("+");
  const name = parts.pop() ?? "";
  return { mod: parts.includes("Mod"), alt: parts.includes("Alt"), shift: parts.includes("Shift"), name };
}

/** Whether these keys were pressed. */
export function matches(keys: string, event: Pressed, mac = isMac()): boolean {
  const wish = read(keys);
  const [mod, other] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (mod !== wish.mod || other || event.altKey !== wish.alt) return false;
  // On a layout without Latin letters the place of the key decides.
  const foreign = [...event.key].length === 1 && event.key > "\u007f";
  const symbol = SYMBOLS[wish.name];
  if (symbol) {
    // Where a sign stands behind Shift differs from layout to layout.
    if (event.key === symbol && !wish.shift) return true;
    return event.code === wish.name && event.shiftKey === wish.shift && (foreign || wish.shift);
  }
  if (event.shiftKey !== wish.shift) return false;
  if (event.key.toLowerCase() === wish.name.toLowerCase()) return true;
  return foreign && event.code === `Key${wish.name}`;
}

/** Whether something is typed into this. */
export function isTextBox(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "range", "button"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

function isTyping(event: Pressed, mac: boolean): boolean {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const moves = event.altKey && !mac && event.key.startsWith("Arrow");
  return isTextBox(event.target) && !mod && !moves && event.key !== "Escape" && !/^F\d+$/.test(event.key);
}

/** The action that a pressed key means, the one offered last first. */
export function actionFor(event: Pressed, offered: Action[], mac = isMac()): Action | undefined {
  if (event.defaultPrevented || event.isComposing || event.key === "Dead" || isTyping(event, mac)) return undefined;
  const layer =
    event.target instanceof Element ? event.target.closest("[role=dialog], [role=alertdialog], [role=menu]") : null;
  // The drawer is a part of the page; only Escape is its own.
  const covered = layer !== null && (!layer.hasAttribute("data-drawer") || event.key === "Escape");
  return offered.findLast(
    (action) =>
      (!covered || action.anywhere === true) &&
      [action.keys, action.also].some((keys) => keys !== undefined && matches(keys, event, mac)) &&
      (action.enabled?.() ?? true),
  );
}

/** Keys as they are written on the keyboard, one after the other. */
export function written(keys: string, words: Record<string, string>, mac = isMac()): string[] {
  return keys
    .split("+")
    .map((key) => (mac ? MAC_SIGNS[key] : undefined) ?? words[key] ?? SYMBOLS[key] ?? ARROWS[key] ?? key);
}
