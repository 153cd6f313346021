/** What a drawing takes from the style sheets of its page, and must carry along when it leaves the page. */
const DRAWN = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-opacity",
  "opacity",
  "visibility",
  "font-family",
  "font-size",
  "font-style",
  "font-weight",
  "font-variant-numeric",
  "letter-spacing",
  "text-anchor",
  "dominant-baseline",
  "paint-order",
];
/** How many pixels a PNG has for each unit of the drawing: sharp in print and on dense screens. */
const PNG_SCALE = 3;

/** The drawing inside the element with this id. Throws when the page holds none. */
function drawingIn(id: string): SVGSVGElement {
  const svg = document.getElementById(id)?.querySelector("svg");
  if (!svg) throw new Error(`No drawing in #${id}`);
  return svg;
}

/**
 * A drawing of the page as a file of its own: an SVG document that looks the same in any viewer. Sizes are those of its viewBox,
 * colours those that the reader sees, on the paper of the page. Links in it become absolute.
 */
export function svgText(id: string): string {
  const original = drawingIn(id);
  const copy = original.cloneNode(true) as SVGSVGElement;
  const { x, y, width, height } = original.viewBox.baseVal;
  const sources = [original, ...original.querySelectorAll<SVGElement>("*")];
  const targets = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  targets.forEach((target, place) => {
    const source = sources[place];
    if (!source) return;
    const style = getComputedStyle(source);
    const carried = DRAWN.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";");
    // What the page says beside the drawing, the file must say inside it.
    const inFile = source.hasAttribute("data-in-file");
    target.removeAttribute("class");
    target.removeAttribute("tabindex");
    target.setAttribute("style", style.display === "none" && !inFile ? "display:none" : carried);
    if (target.hasAttribute("href")) target.setAttribute("href", absolute(target.getAttribute("href") ?? ""));
  });
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const box = { x, y, width, height, fill: getComputedStyle(document.documentElement).backgroundColor };
  for (const [name, value] of Object.entries(box)) ground.setAttribute(name, String(value));
  copy.prepend(ground);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  return new XMLSerializer().serializeToString(copy);
}

/** References within the drawing (patterns, clips) stay; addresses of pages are written out. */
function absolute(href: string): string {
  return href.startsWith("#") ? href : new URL(href, location.href).href;
}

/** The same drawing in pixels. Throws when the browser cannot draw it. */
export async function pngBlob(id: string): Promise<Blob> {
  const { width, height } = drawingIn(id).viewBox.baseVal;
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(id))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser has no canvas");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("This browser makes no PNG"))), "image/png");
  });
}

/** Hands a file to the reader as a download. */
export function saveAs(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has begun to read it by then; keeping it would hold the memory until the page is left.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
