/*
 * How wide names are, in the units of a drawing. Boxes are made for their names, so that no name is cut while there is room.
 */
const FONTS = { name: '500 12.5px', title: '600 13px', note: '400 12px' };

const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const MOST_KNOWN = 5000;

let canvas;
const known = new Map();

export function widthOf(text, font) {
  const key = `${font} ${text}`;
  if (!known.has(key)) {
    canvas = canvas || document.createElement('canvas').getContext('2d');
    canvas.font = `${FONTS[font]} ${FAMILY}`;
    if (known.size > MOST_KNOWN) {
      known.clear();
    }
    known.set(key, canvas.measureText(text).width);
  }
  return known.get(key);
}

// The text, or as much of its beginning as there is room for.
export function cut(text, font, room) {
  if (widthOf(text, font) <= room) {
    return text;
  }
  let [fits, not] = [0, text.length];
  while (not - fits > 1) {
    const half = (fits + not) >> 1;
    if (widthOf(`${text.slice(0, half)}…`, font) <= room) {
      fits = half;
    } else {
      not = half;
    }
  }
  return `${text.slice(0, fits)}…`;
}
