import { MARGIN, SMALLEST_SCALE } from './graph-layout.js';

/*
 * What part of the drawing is seen: {x, y, width, height} in the drawing's own units. Pure functions. Nothing is made so
 * small that names cannot be read.
 */
const LARGEST_SCALE = 1.3;
const NEAREST = 3;

const scaleOf = (view, size) => size.width / view.width;

export function fit(drawing, size) {
  const whole = Math.min(size.width / (drawing.width + 2 * MARGIN), size.height / (drawing.height + 2 * MARGIN));
  const scale = Math.max(SMALLEST_SCALE, Math.min(LARGEST_SCALE, whole));
  const width = size.width / scale;
  const height = size.height / scale;
  // What is larger than the canvas is seen from its beginning.
  const start = (all, seen) => (all + 2 * MARGIN > seen ? -MARGIN : (all - seen) / 2);
  return { x: start(drawing.width, width), y: start(drawing.height, height), width, height };
}

// Whether all of the drawing is seen, so that there is nowhere to move.
export const isWhole = (view, drawing) => drawing.width <= view.width && drawing.height <= view.height;

// Around a point that stays where it is, between what can be read and a few nodes.
export function zoom(view, factor, size, { x, y } = { x: view.x + view.width / 2, y: view.y + view.height / 2 }) {
  const scale = Math.min(NEAREST, Math.max(SMALLEST_SCALE, scaleOf(view, size) * factor));
  const real = scaleOf(view, size) / scale;
  return { x: x - (x - view.x) * real, y: y - (y - view.y) * real, width: view.width * real, height: view.height * real };
}

// Never so far that nothing of the drawing is seen.
export function pan(view, x, y, drawing) {
  const kept = (value, all, seen) => Math.max(-seen * 0.8, Math.min(all - seen * 0.2, value));
  return { ...view, x: kept(view.x + x, drawing.width, view.width), y: kept(view.y + y, drawing.height, view.height) };
}

// Moves as little as it takes for something to be seen.
export function reveal(view, item) {
  const edge = Math.min(12, view.width / 20);
  const x = Math.min(item.x - edge, Math.max(view.x, item.x + item.width + edge - view.width));
  const y = Math.min(item.y - edge, Math.max(view.y, item.y + Math.min(item.height, view.height / 2) + edge - view.height));
  return { ...view, x, y };
}

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function direction(key) {
  return DIRECTIONS[key];
}

// What can be focused of a box is its header.
const centre = (item) => [item.x + item.width / 2, item.open ? item.y + 12 : item.y + item.height / 2];

// The nearest in a direction; what lies aside counts as twice as far.
export function neighbour(items, from, [dx, dy]) {
  const [x, y] = centre(from);
  let best = null;
  let shortest = Infinity;
  for (const item of items) {
    const [otherX, otherY] = centre(item);
    const along = (otherX - x) * dx + (otherY - y) * dy;
    const aside = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
    if (item !== from && along > 1 && along + 2 * aside < shortest) {
      shortest = along + 2 * aside;
      best = item;
    }
  }
  return best;
}

// Where arrow keys enter from the picture itself: at the top left.
export function first(items) {
  const distance = (item) => centre(item)[0] + 2 * centre(item)[1];
  return [...items].filter(({ rail }) => !rail).sort((a, b) => distance(a) - distance(b))[0] || [...items][0];
}
