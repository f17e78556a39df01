/*
 * How edges run. Ends have x, y, width and height. Where there are many edges, those between two groups are drawn as
 * one bundle, and those within a group as one path: the picture stays quick, and can be read.
 */
const MOST_APART = 300;
const round = (number) => Math.round(number * 10) / 10;

// Two of different kinds with the same ends, and two that go back and forth, run beside each other.
const KIND_LIFTS = { Declared: 0, Waiting: 12, Undeclared: 24 };
const BACK_LIFT = 12;

// Ways around what is between the ends: over it and under it.
const DETOURS = [0, 34, -34, 68, -68, 110, -110];
const SAMPLES = 16;

// The four points of the cubic curve from one end to the other.
function points(from, to, lift) {
  const fromY = from.y + from.height / 2;
  const toY = to.y + to.height / 2;
  if (to.x > from.x + from.width) {
    const pull = Math.max(24, (to.x - from.x - from.width) / 2);
    return [from.x + from.width, fromY, from.x + from.width + pull, fromY - lift, to.x - pull, toY - lift, to.x, toY];
  }
  if (to.x + to.width < from.x) {
    const pull = Math.max(24, (from.x - to.x - to.width) / 2);
    const drop = lift + BACK_LIFT;
    return [from.x, fromY, from.x - pull, fromY + drop, to.x + to.width + pull, toY + drop, to.x + to.width, toY];
  }
  const bulge = Math.min(64, 14 + Math.abs(toY - fromY) / 8) + Math.max(0, lift) + (toY < fromY ? BACK_LIFT : 0);
  const fromX = from.x + from.width;
  const toX = to.x + to.width;
  const outer = Math.max(fromX, toX) + bulge;
  return [fromX, fromY, outer, fromY, outer, toY, toX, toY];
}

const along = (a, b, c, d, t) => (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d;

function hits([x, y, ax, ay, bx, by, tx, ty], obstacles) {
  for (let step = 1; obstacles.length && step < SAMPLES; step++) {
    const atX = along(x, ax, bx, tx, step / SAMPLES);
    const atY = along(y, ay, by, ty, step / SAMPLES);
    if (obstacles.some((node) => atX > node.x && atX < node.x + node.width && atY > node.y && atY < node.y + node.height)) {
      return true;
    }
  }
  return false;
}

// What lies between the columns of two ends: a line that ran through it would seem to begin or end there.
function between(from, to, nodes) {
  const left = Math.min(from.x + from.width, to.x + to.width);
  const right = Math.max(from.x, to.x);
  return [...nodes.values()].filter((node) => node !== from && node !== to && node.x < right && node.x + node.width > left);
}

// The curve of one connection, around the nodes that it has nothing to do with if there is a way.
export function route({ from, to, kind }, nodes) {
  const ends = [nodes.get(from), nodes.get(to)];
  const obstacles = between(...ends, nodes);
  const ways = DETOURS.map((detour) => points(...ends, KIND_LIFTS[kind] + detour));
  return ways.find((way) => !hits(way, obstacles)) || ways[0];
}

export function path(way) {
  const [x, y, ax, ay, bx, by, tx, ty] = way.map(round);
  return `M${x} ${y}C${ax} ${ay} ${bx} ${by} ${tx} ${ty}`;
}

export function middle([x, y, ax, ay, bx, by, tx, ty]) {
  return { x: (x + 3 * ax + 3 * bx + tx) / 8, y: (y + 3 * ay + 3 * by + ty) / 8 };
}

const curve = (from, to) => path(points(from, to, 0));

const holder = (leaf) => (leaf.parent.type === 'Namespace' ? leaf.parent : leaf);

// {apart: whether edges are drawn one by one, strokes: [{key, kind, path, width, edge and way, or between}]}; `between` says of a
// bundle whether it joins two groups.
export function strokes(edges, nodes) {
  const drawn = edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to));
  if (drawn.length <= MOST_APART) {
    return { apart: true, strokes: drawn.map((edge) => {
      const way = route(edge, nodes);
      return { key: `${edge.from} ${edge.to} ${edge.kind}`, kind: edge.kind, edge, way, path: path(way), width: 1.5 };
    }) };
  }
  const bundles = new Map();
  for (const edge of drawn) {
    const from = nodes.get(edge.from);
    const to = nodes.get(edge.to);
    const [one, other] = [holder(from), holder(to)];
    const key = `${edge.kind} ${one.id} ${other.id}`;
    const bundle = bundles.get(key) || { key, kind: edge.kind, count: 0, path: '', width: 1, between: one !== other };
    bundle.count++;
    if (one === other) {
      bundle.path += curve(from, to);
    } else {
      bundle.path = bundle.path || curve(one, other);
      bundle.width = Math.min(5, 1 + Math.log2(bundle.count) / 1.5);
    }
    bundles.set(key, bundle);
  }
  return { apart: false, strokes: [...bundles.values()] };
}
