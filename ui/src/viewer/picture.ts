/** Pictures of pages. They come as bytes and are drawn on a canvas: no address, so nothing that the page's policy would have to allow. */
import { commands } from "../api/commands";
import type { Area } from "../api/types";

/** Pixels of one picture: what is larger is drawn coarser. */
const mostPixels = 16_000_000;

/** So many pixels a point that `width` points come sharp into `cssWidth` pixels of the page. */
export function scaleFor(size: { width: number; height: number }, cssWidth: number): number {
  const wanted = (cssWidth / size.width) * (globalThis.devicePixelRatio || 1);
  return Math.min(wanted, Math.sqrt(mostPixels / (size.width * size.height)));
}

/** Draws a page, or a part of it, on a canvas; false where another drawing was begun meanwhile. */
export async function draw(
  canvas: HTMLCanvasElement,
  { document, page, scale, area }: { document: number; page: number; scale: number; area: Area | null },
  isWanted: () => boolean,
): Promise<boolean> {
  const bytes = await commands.drawPage(document, page, scale, area);
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  try {
    if (!isWanted()) return false;
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext("2d")?.drawImage(picture, 0, 0);
    return true;
  } finally {
    picture.close();
  }
}
