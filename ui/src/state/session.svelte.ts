/** What the whole window knows: which screen it shows, how it looks and speaks, and the state of the machine. */
import { commands } from "../api/commands";
import type { Beginning, Locked, Machine, MenuChoice, News, Open, Preferences, Problem, Screen } from "../api/types";
import { bestFor, speak } from "../language/language.svelte";
import { asProblem } from "./problem";

declare global {
  interface Window {
    /** What the program knew before the page was there. */
    beginning?: Beginning;
  }
}

class Session {
  beginning = $state.raw<Beginning | null>(null);
  screen = $state.raw<Screen | null>(null);
  preferences = $state.raw<Preferences>({ language: null, theme: "system", large: false });
  machine = $state.raw<Machine | null>(null);
  /** The window itself could not begin. */
  problem = $state.raw<Problem | null>(null);
  /** Called for each choice in the window's menu; set by the screen that can serve it. */
  onMenu: (choice: MenuChoice) => void = () => {};
  /** Called with what comes about documents; set by the screen that shows them. */
  onDocuments: (news: News) => void = () => {};

  /** Asks the program what to show. */
  async begin(): Promise<void> {
    try {
      commands.listen((news) => this.hear(news)).catch(() => {});
      const ahead = window.beginning;
      delete window.beginning;
      const beginning = ahead ?? (await commands.beginning());
      this.beginning = beginning;
      await this.wear(beginning.preferences);
      this.screen = beginning.screen;
    } catch (error) {
      this.problem = asProblem(error);
    }
  }

  /** The vault is open. */
  opened(open: Open): void {
    this.screen = { screen: "open", ...open };
  }

  /** The vault is locked: nothing of it stays in the page. */
  locked(locked: Locked): void {
    this.screen = { screen: "locked", ...locked };
  }

  async lock(): Promise<void> {
    this.screen = await commands.lock();
  }

  /** Changes how the window looks and speaks, and keeps it. */
  async prefer(change: Partial<Preferences>): Promise<void> {
    const preferences = { ...this.preferences, ...change };
    await this.wear(preferences);
    await commands.setPreferences(preferences);
  }

  private async wear(preferences: Preferences): Promise<void> {
    this.preferences = preferences;
    const root = document.documentElement;
    root.dataset["theme"] = preferences.theme;
    root.toggleAttribute("data-large", preferences.large);
    await speak(preferences.language ?? bestFor(this.beginning?.system_language ?? "en"));
  }

  private hear(news: News): void {
    if (news.type === "machine") this.machine = news;
    else if (news.type === "locked") this.locked(news);
    else if (news.type === "menu") this.onMenu(news.choice);
    else this.onDocuments(news);
  }
}

export const session = new Session();
