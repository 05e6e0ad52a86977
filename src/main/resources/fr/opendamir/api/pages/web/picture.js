// A chart as a file: the drawing with its title, source, release and licence drawn in.

const NAMESPACE = "http://www.w3.org/2000/svg";
const PROPERTIES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "fill-opacity",
  "opacity",
  "font-size",
  "font-weight",
  "paint-order",
];
const MARGIN = 24;
const LINE = 20;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif";

/** Enlargement of pixels, so that print and screens of high density stay sharp. */
const SCALE = 2;

/**
 * A drawing that needs no style sheet.
 * @param {SVGSVGElement} drawing as it is on the page, which gives its colours
 * @param {{title: string, subtitle: string, source: string}} texts
 * @returns {SVGSVGElement}
 */
export function picture(drawing, { title, subtitle, source }) {
  const page = getComputedStyle(document.body);
  const width = drawing.width.baseVal.value + 2 * MARGIN;
  const titles = wrapped(title, width - 2 * MARGIN, 11.8);
  const notes = wrapped(source, width - 2 * MARGIN, 6.9);
  const top = MARGIN + titles.length * 26 + LINE + 8;
  const height = top + drawing.height.baseVal.value + notes.length * 16 + MARGIN;
  const svg = element("svg", {
    xmlns: NAMESPACE,
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "font-family": FONT,
  });
  svg.append(element("rect", { width, height, fill: page.backgroundColor }));
  titles.forEach((line, index) =>
    svg.append(
      text(line, { x: MARGIN, y: MARGIN + 18 + index * 26, "font-size": 20, "font-weight": 600, fill: page.color }),
    ),
  );
  svg.append(text(subtitle, { x: MARGIN, y: top - 14, "font-size": 13, fill: page.color }));
  const inner = styled(drawing);
  inner.setAttribute("x", String(MARGIN));
  inner.setAttribute("y", String(top));
  svg.append(inner);
  notes.forEach((line, index) =>
    svg.append(
      text(line, {
        x: MARGIN,
        y: height - MARGIN - (notes.length - 1 - index) * 16 + 8,
        "font-size": 12,
        fill: page.color,
      }),
    ),
  );
  return /** @type {SVGSVGElement} */ (svg);
}

/** A copy with what the style sheet says as attributes. @param {SVGSVGElement} drawing */
function styled(drawing) {
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  const originals = [...drawing.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((node, index) => {
    const style = getComputedStyle(originals[index]);
    for (const property of PROPERTIES) {
      node.setAttribute(property, style.getPropertyValue(property));
    }
    node.removeAttribute("class");
  });
  return copy;
}

/** @param {string} name @param {Record<string, string | number>} attributes */
function element(name, attributes) {
  const node = document.createElementNS(NAMESPACE, name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, String(value)));
  return node;
}

/** @param {string} content @param {Record<string, string | number>} attributes */
function text(content, attributes) {
  const node = element("text", attributes);
  node.textContent = content;
  return node;
}

/** Lines of a width in pixels. @param {string} content @param {number} width @param {number} character mean width of a character */
function wrapped(content, width, character) {
  const most = Math.floor(width / character);
  /** @type {string[]} */
  const lines = [];
  for (const word of content.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + word.length + 1 <= most) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** @param {SVGSVGElement} svg @returns {Blob} */
export function svgFile(svg) {
  return new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
}

/** @param {SVGSVGElement} svg @returns {Promise<Blob>} */
export async function pngFile(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Number(svg.getAttribute("width")) * SCALE;
  canvas.height = Number(svg.getAttribute("height")) * SCALE;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}

/** Hands a file to the browser's downloads. @param {Blob} file @param {string} name */
export function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
