import { mount } from "svelte";
import App from "./App.svelte";
import { session } from "./state/session.svelte";
import "./style/tokens.css";
import "./style/base.css";

void session.begin();
mount(App, { target: document.body });
