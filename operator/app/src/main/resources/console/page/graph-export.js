import { render } from './preact.js';
import { legendOf } from './graph-legend-drawing.js';

/*
 * The picture with its legend as a file of its own: what the style sheet says of it is written to its elements, so that it looks the same
 * without the style sheet. Text is escaped by the browser's own serializer.
 */
const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 14;
const ABOVE_LEGEND = 20;
const NARROWEST_LEGEND = 420;
const SCALE = 2;
const LARGEST = 8000;
const SHAPE = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'stroke-linecap', 'opacity'];
// What there is to say of an element of each name.
const LOOKS = {
  rect: SHAPE, path: SHAPE, circle: SHAPE, text: [...SHAPE, 'paint-order', 'font-size', 'font-weight', 'font-family'], g: ['opacity'],
};
const OURS = ['class', 'tabindex', 'role', 'aria-label', 'aria-pressed', 'aria-expanded', 'aria-hidden', 'aria-describedby'];

function looking(copy, original) {
  const style = getComputedStyle(original);
  for (const look of LOOKS[original.localName] || []) {
    copy.setAttribute(look, style.getPropertyValue(look));
  }
  for (const { name } of [...copy.attributes]) {
    if (OURS.includes(name) || name.startsWith('data-')) {
      copy.removeAttribute(name);
    }
  }
}

// A copy that looks as the original does on the page.
function standing(original) {
  const copy = original.cloneNode(true);
  const originals = [original, ...original.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, index) => looking(element, originals[index]));
  return copy;
}

// It is drawn on the page for a moment, which is where the style sheet says how it looks.
function legendBelow(svg, width) {
  const { legend, height } = legendOf(width);
  const place = document.createElementNS(SVG, 'svg');
  place.setAttribute('class', 'canvas');
  svg.parentElement.append(place);
  render(legend, place);
  const copy = standing(place.firstElementChild);
  place.remove();
  return { copy, height };
}

function svgOf(svg, { x, y, width, height }) {
  const copy = standing(svg);
  copy.querySelectorAll('path[stroke="rgba(0, 0, 0, 0)"]').forEach((element) => element.remove());
  const legend = legendBelow(svg, Math.max(width, NARROWEST_LEGEND));
  legend.copy.setAttribute('transform', `translate(${x} ${y + height + ABOVE_LEGEND})`);
  copy.append(legend.copy);
  const [wide, high] = [Math.max(width, NARROWEST_LEGEND) + 2 * MARGIN, height + ABOVE_LEGEND + legend.height + 2 * MARGIN];
  copy.setAttribute('xmlns', SVG);
  copy.setAttribute('viewBox', `${x - MARGIN} ${y - MARGIN} ${wide} ${high}`);
  copy.setAttribute('width', wide);
  copy.setAttribute('height', high);
  const ground = document.createElementNS(SVG, 'rect');
  Object.entries({ x: x - MARGIN, y: y - MARGIN, width: wide, height: high, fill: getComputedStyle(svg.parentElement).backgroundColor })
    .forEach(([name, value]) => ground.setAttribute(name, value));
  copy.prepend(ground);
  return { text: new XMLSerializer().serializeToString(copy), width: wide, height: high };
}

function drawnOf({ text, width, height }) {
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => {
      const scale = Math.min(SCALE, LARGEST / Math.max(width, height));
      const canvas = document.createElement('canvas');
      canvas.width = width * scale;
      canvas.height = height * scale;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture cannot be made.'))), 'image/png');
    };
    image.onerror = () => reject(new Error('The picture cannot be drawn.'));
    image.src = address;
  }).finally(() => URL.revokeObjectURL(address));
}

export async function fileOf(type, svg, drawing) {
  const picture = svgOf(svg, drawing);
  return type === 'png' ? drawnOf(picture) : new Blob([picture.text], { type: 'image/svg+xml' });
}

export const save = async (type, svg, drawing) => saveFile(await fileOf(type, svg, drawing), `connections.${type}`);

export function saveFile(file, name) {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun once this turn is over.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
