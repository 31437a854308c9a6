/** The highlighter with its languages: a part of the page that is loaded by itself. */
import { common, createLowlight } from "lowlight";

export const lowlight = createLowlight(common);
