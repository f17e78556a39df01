/*
 * The picture as a file of its own: what the style sheet says of it is written to its elements, so that it looks the same
 * without the style sheet. Text is escaped by the browser's own serializer.
 */
const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 14;
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

function svgOf(svg, { x, y, width, height }) {
  const copy = svg.cloneNode(true);
  const originals = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, index) => looking(element, originals[index]));
  copy.querySelectorAll('path[stroke="rgba(0, 0, 0, 0)"]').forEach((element) => element.remove());
  const [wide, high] = [width + 2 * MARGIN, height + 2 * MARGIN];
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

export async function save(type, svg, drawing) {
  const address = URL.createObjectURL(await fileOf(type, svg, drawing));
  const link = document.createElement('a');
  link.href = address;
  link.download = `connections.${type}`;
  link.click();
  // The download has begun once this turn is over.
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
