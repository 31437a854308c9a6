/** Where the focus goes back to. It must never be lost: a person who does not use a pointer would have to begin at the top again. */

const HOMES = ["[data-focus-home]", "main textarea", "main h1[tabindex]", "main button", "main"];

/** Puts the focus on the page's main place: what is marked `data-focus-home`, else the message box, else the first thing there. */
export function focusHome(): void {
  for (const home of HOMES) {
    const element = document.querySelector<HTMLElement>(home);
    element?.focus({ preventScroll: true });
    if (element && document.activeElement === element) return;
  }
}

/** What has the focus and will still be there later: of a menu's entry, the button that opened the menu. */
export function opener(): HTMLElement | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || active === document.body) return null;
  const menu = active.closest('[role="menu"], [role="listbox"]');
  const button = menu && document.getElementById(menu.getAttribute("aria-labelledby") ?? "");
  return button ?? active;
}

/** Puts the focus back on an element, or on the page's main place where it is gone. */
export function focusAgain(element: HTMLElement | null): void {
  if (element?.isConnected) element.focus({ preventScroll: true });
  if (!element || document.activeElement !== element) focusHome();
}
