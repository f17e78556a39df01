/*
 * How edges run. Ends have x, y, width and height. Where there are many edges, those between two groups are drawn as
 * one bundle, and those within a group as one path: the picture stays quick, and can be read.
 */
const MOST_APART = 300;
const round = (number) => Math.round(number * 10) / 10;

// A long level line would run through the nodes between its ends: one that goes right passes above, one back below.
const liftOver = (pull, rise) => (pull > 60 && Math.abs(rise) < 12 ? 34 : 0);

// The four points of the cubic curve from one end to the other.
function points(from, to) {
  const fromY = from.y + from.height / 2;
  const toY = to.y + to.height / 2;
  if (to.x > from.x + from.width) {
    const pull = Math.max(24, (to.x - from.x - from.width) / 2);
    const lift = liftOver(pull, toY - fromY);
    return [from.x + from.width, fromY, from.x + from.width + pull, fromY - lift, to.x - pull, toY - lift, to.x, toY];
  }
  if (to.x + to.width < from.x) {
    const pull = Math.max(24, (from.x - to.x - to.width) / 2);
    const lift = -liftOver(pull, toY - fromY);
    return [from.x, fromY, from.x - pull, fromY - lift, to.x + to.width + pull, toY - lift, to.x + to.width, toY];
  }
  const bulge = Math.min(64, 14 + Math.abs(toY - fromY) / 8);
  const fromX = from.x + from.width;
  const toX = to.x + to.width;
  const outer = Math.max(fromX, toX) + bulge;
  return [fromX, fromY, outer, fromY, outer, toY, toX, toY];
}

export function curve(from, to) {
  const [x, y, ax, ay, bx, by, tx, ty] = points(from, to).map(round);
  return `M${x} ${y}C${ax} ${ay} ${bx} ${by} ${tx} ${ty}`;
}

export function middle(from, to) {
  const [x, y, ax, ay, bx, by, tx, ty] = points(from, to);
  return { x: (x + 3 * ax + 3 * bx + tx) / 8, y: (y + 3 * ay + 3 * by + ty) / 8 };
}

const holder = (leaf) => (leaf.parent.type === 'Namespace' ? leaf.parent : leaf);

// {apart: whether edges are drawn one by one, strokes: [{key, kind, path, width, edge or between}]}; `between` says of a
// bundle whether it joins two groups.
export function strokes(edges, nodes) {
  const drawn = edges.filter((edge) => nodes.has(edge.from) && nodes.has(edge.to));
  if (drawn.length <= MOST_APART) {
    return { apart: true, strokes: drawn.map((edge) => ({
      key: `${edge.from} ${edge.to} ${edge.kind}`, kind: edge.kind, edge, path: curve(nodes.get(edge.from), nodes.get(edge.to)), width: 1.5,
    })) };
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
