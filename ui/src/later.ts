/** What one does not need in order to begin to write. `state/later.svelte.ts` reads it once the first frame is drawn. */
export { default as Adding } from "./documents/Adding.svelte";
export { default as Documents } from "./documents/Documents.svelte";
export { default as ScopeDialog } from "./documents/ScopeDialog.svelte";
export { default as DropOverlay } from "./documents/DropOverlay.svelte";
export { default as ExportMenu } from "./chat/ExportMenu.svelte";
export { default as Messages } from "./chat/Messages.svelte";
export { Speech } from "./chat/speech";
export { default as NewFolder } from "./sidebar/NewFolder.svelte";
export { default as Drawer } from "./sidebar/Drawer.svelte";
export { default as Sidebar } from "./sidebar/Sidebar.svelte";
export { default as UndoBars } from "./sidebar/UndoBars.svelte";
export { default as ViewerPane } from "./viewer/ViewerPane.svelte";
export { default as About } from "./panels/About.svelte";
export { default as ChatSettings } from "./panels/ChatSettings.svelte";
export { default as Preferences } from "./panels/Preferences.svelte";
export { default as Recovery } from "./panels/Recovery.svelte";
export { default as Trust } from "./panels/Trust.svelte";
