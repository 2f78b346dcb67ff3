/** How large a symbol is drawn: a whole number of pixels for each module, or a scanner sees blurred edges. */

const LEAST = 6;
const MOST = 14;

/** Modules along one side, quiet zone included, as the SVG's viewBox says. */
export function modulesOf(svg: string): number | null {
  const match = /viewBox="0 0 (\d+) (\d+)"/.exec(svg);
  if (match === null || match[1] !== match[2]) return null;
  return Number(match[1]);
}

/** Pixels for each module in a room of `width` by `height` pixels; never below six, even where it must scroll. */
export function pixelsFor(modules: number, width: number, height: number): number {
  const fits = Math.floor(Math.min(width, height) / modules);
  return Math.min(MOST, Math.max(LEAST, fits));
}

/** As an image, so that nothing inside the SVG can act on the page. */
export function imageOf(svg: string): string {
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}
