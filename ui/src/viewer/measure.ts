/** How wide words are in the page's own font, so that what is selected lies where the paper has it. */
const size = 100;
let context: CanvasRenderingContext2D | null | undefined;

/** By how much a word must be stretched to be `width` wide when its letters are `height` high. */
export function stretch(word: string, width: number, height: number): number {
  context ??= document.createElement("canvas").getContext("2d");
  if (!context) return 1;
  context.font = `${size}px sans-serif`;
  const natural = (context.measureText(word).width * height) / size;
  return natural > 0 ? width / natural : 1;
}
