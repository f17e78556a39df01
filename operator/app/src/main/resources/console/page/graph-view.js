/*
 * What part of the drawing is seen: {x, y, width, height} in the drawing's own units. Pure functions.
 */
const MARGIN = 16;
const LARGEST_SCALE = 1.2;
const NEAREST = 3;

const scaleOf = (view, size) => Math.min(size.width / view.width, size.height / view.height);

export function fit(drawing, size) {
  const scale = Math.min(LARGEST_SCALE, size.width / (drawing.width + 2 * MARGIN), size.height / (drawing.height + 2 * MARGIN));
  const width = size.width / scale;
  const height = size.height / scale;
  return { x: (drawing.width - width) / 2, y: (drawing.height - height) / 2, width, height };
}

// Around a point that stays where it is, between the whole drawing and a few nodes.
export function zoom(view, factor, drawing, size, { x, y } = { x: view.x + view.width / 2, y: view.y + view.height / 2 }) {
  const smallest = scaleOf(fit(drawing, size), size) / 2;
  const scale = Math.min(NEAREST, Math.max(smallest, scaleOf(view, size) * factor));
  const real = scaleOf(view, size) / scale;
  return { x: x - (x - view.x) * real, y: y - (y - view.y) * real, width: view.width * real, height: view.height * real };
}

export function pan(view, x, y) {
  return { ...view, x: view.x + x, y: view.y + y };
}

// Moves as little as it takes for a node to be seen.
export function reveal(view, node) {
  const edge = view.width / 20;
  const x = Math.min(node.x - edge, Math.max(view.x, node.x + node.width + edge - view.width));
  const y = Math.min(node.y - edge, Math.max(view.y, node.y + node.height + edge - view.height));
  return { ...view, x, y };
}

// Keeps the middle where the window changes its shape.
export function reshape(view, size) {
  const width = view.height * size.width / size.height;
  return { ...view, x: view.x + (view.width - width) / 2, width };
}

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function direction(key) {
  return DIRECTIONS[key];
}

// The nearest node in a direction; what lies aside counts as twice as far.
export function neighbour(nodes, from, [dx, dy]) {
  const centre = (node) => [node.x + node.width / 2, node.y + node.height / 2];
  const [x, y] = centre(from);
  let best = null;
  let shortest = Infinity;
  for (const node of nodes) {
    const [otherX, otherY] = centre(node);
    const along = (otherX - x) * dx + (otherY - y) * dy;
    const aside = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
    if (node !== from && along > 1 && along + 2 * aside < shortest) {
      shortest = along + 2 * aside;
      best = node;
    }
  }
  return best;
}
