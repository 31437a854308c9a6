import { mount } from "svelte";
import Chat from "../../src/chat/Chat.svelte";
import Announcer from "../../src/parts/Announcer.svelte";
import "../../src/style/tokens.css";
import "../../src/style/base.css";
import { Fake } from "../fake";
import { session } from "../../src/state/session.svelte";
import { chats } from "../../src/state/chats.svelte";
import { chat } from "../../src/state/chat.svelte";
import { panels } from "../../src/state/panels.svelte";
import { commands } from "../../src/api/commands";
import { settle } from "./rich";
const wish = new URLSearchParams(location.search);
const fake = new Fake().install();
settle(fake, wish);
fake.pace = Number(wish.get("pace") ?? 30);
fake.beginning.preferences = {
  language: wish.get("language") ?? "en",
  theme: (wish.get("theme") ?? "system") as any,
  large: wish.has("large"),
};
await session.begin();
session.machine = await commands.machine();
if (wish.has("open")) chats.show(fake.chats.at(-1)!.row.id);
await chats.refresh();
mount(Announcer, { target: document.body });
const main = document.createElement("main");
main.style.height = "100vh";
document.body.append(main);
mount(Chat, { target: main });
Object.assign(window, { fake, chats, chat, panels, session });
