// The page in a browser, to look at while it is written: `npx vite`, then /tests/preview/?screen=open&theme=dark&language=fr&large=1
import { mount } from "svelte";
import App from "../../src/App.svelte";
import "../../src/style/tokens.css";
import "../../src/style/base.css";
import type { Preferences, Screen } from "../../src/api/types";
import { chats } from "../../src/state/chats.svelte";
import { type Panel, panels } from "../../src/state/panels.svelte";
import { session } from "../../src/state/session.svelte";
import { viewer } from "../../src/state/viewer.svelte";
import { Fake, open } from "../fake";
import { everything } from "../fake-library";
import { cited, longChat, richTokens } from "./rich";

const wish = new URLSearchParams(location.search);
const fake = new Fake().install();
fake.pace = Number(wish.get("pace") ?? 30);
// &empty: no documents.
if (!wish.has("empty")) fake.library.fill();
fake.beginning.preferences = {
  language: wish.get("language") ?? "en",
  theme: (wish.get("theme") ?? "system") as Preferences["theme"],
  large: wish.has("large"),
};
const screens: Record<string, Screen> = {
  open,
  first_run: { screen: "first_run" },
  locked: { screen: "locked", slots: ["keyring", "passphrase", "recovery"], keyring: null },
  emptied: {
    screen: "locked",
    slots: ["keyring", "recovery"],
    keyring: {
      code: "keyring_item_missing",
      kind: "key",
      message: "The keyring no longer holds the key of this vault.",
    },
  },
};
fake.beginning.screen = screens[wish.get("screen") ?? "open"] ?? open;
if (fake.beginning.screen.screen === "first_run") fake.beginning.preferences.language = null;
for (let at = 0; at < Number(wish.get("chats") ?? 12); at++) {
  const day = 86_400_000 * at * at;
  fake.chat(
    `How do I tie knot ${at}?`,
    [`How do I tie knot ${at}?`, "Make a loop, then pass the end through it from below."],
    {
      updated_at: Date.now() - day,
      pinned: at === 3,
      folder: at % 5 === 4 ? "Sailing" : null,
    },
  );
}
// &messages=500 shows a chat of so many messages; &stream=8 makes each answer a long one with everything in it.
if (wish.has("stream")) fake.answer = richTokens(Number(wish.get("stream")));
if (wish.has("messages")) chats.show(longChat(fake, Number(wish.get("messages"))).row.id);
// &panel=documents opens a panel, &document=1 a document, &about asks of all documents.
if (wish.has("about")) {
  chats.begin(false, everything);
  fake.answer = cited.match(/\s*\S+/g) ?? [];
  if (wish.get("about") === "none") fake.evidence = fake.library.evidence("", false);
}
void session.begin();
mount(App, { target: document.body });
if (wish.has("panel")) setTimeout(() => (panels.open = wish.get("panel") as Panel), 2500);
if (wish.has("document")) {
  const id = Number(wish.get("document"));
  const name = fake.library.view.documents.find((row) => row.id === id)?.name ?? "";
  setTimeout(() => viewer.show({ document: id, name, page: 1, span: [170, 200] }, null), 2500);
}
