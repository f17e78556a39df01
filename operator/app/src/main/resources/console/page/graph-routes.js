import { keyOf, shortPorts } from './graph-model.js';
import { HEADER } from './graph-layout.js';
import { cut, widthOf } from './graph-text.js';

/*
 * How connections run: from the side of one box to the side of another, each at a place of its own, around boxes that they
 * have nothing to do with if there is a way, and behind them if there is none. Where there are many, those between two
 * cards are one line. Pure functions.
 */
const MOST_APART = 48;
const MOST_INSIDE = 20;
const MOST_DETOURS = 250;
// Between cards: beyond that lines are drawn faintly and say what they are when they are pointed at.
const MOST_LABELLED = 90;
const MOST_SINGLE_LABELS = 24;
const DETOURS = [0, 30, -30, 64, -64, 110, -110, 170, -170];
const SAMPLES = 18;
const SPREAD = 13;
const LABEL_HEIGHT = 17;
const LONGEST_LABEL = 92;
const PLACES = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78];

const round = (number) => Math.round(number * 10) / 10;

// The card that a workload is in: lines end at its border, next to the workload.
function cardOf(item) {
  return item.parent && item.parent.one.type === 'Namespace' ? item.parent : item;
}

const right = (item) => item.x + item.width;
const bottom = (item) => item.y + item.height;

// Within a column lines go down on the right, and up on the left.
function sidesOf(from, to, narrow, inside) {
  if (narrow && (from.rail || to.rail)) {
    return from.y < to.y ? ['bottom', 'top'] : ['top', 'bottom'];
  }
  if (to.x > right(from) + 8) {
    return ['right', 'left'];
  }
  if (right(to) < from.x - 8) {
    return ['left', 'right'];
  }
  return inside || to.y >= from.y ? ['right', 'right'] : ['left', 'left'];
}

// Where on its side of a box a line may end: next to the workload, anywhere along a card, on a rail opposite of its other end.
function span(item, card, side, other) {
  if (item.rail) {
    const middle = side === 'top' || side === 'bottom' ? other.x + other.width / 2 : other.y + other.height / 2;
    return { middle, loose: true };
  }
  return side === 'top' || side === 'bottom'
    ? { middle: item.x + item.width / 2, length: item.width - 16 }
    : { middle: item.y + item.height / 2, length: item.height - (item === card ? 12 : 8) };
}

const edgeAt = { left: (card) => card.x, right, top: (card) => card.y, bottom };

function end(card, side, along) {
  const upright = side === 'top' || side === 'bottom';
  return upright ? { side, x: along, y: edgeAt[side](card) } : { side, x: edgeAt[side](card), y: along };
}

const OUT = { left: [-1, 0], right: [1, 0], top: [0, -1], bottom: [0, 1] };

// The four points of the curve from one end to the other.
function curve(a, b, lift = 0) {
  if (a.side === b.side) {
    const bulge = Math.min(76, 15 + Math.abs(b.y - a.y) / 7);
    const far = bulge + Math.abs(lift) / 3;
    const outer = a.side === 'right' ? Math.max(a.x, b.x) + far : Math.min(a.x, b.x) - far;
    return [a.x, a.y, outer, a.y, outer, b.y, b.x, b.y];
  }
  const upright = a.side === 'top' || a.side === 'bottom';
  const pull = Math.max(18, Math.abs(upright ? b.y - a.y : b.x - a.x) * 0.45);
  const [ax, ay] = OUT[a.side];
  const [bx, by] = OUT[b.side];
  const [liftX, liftY] = upright ? [lift, 0] : [0, lift];
  return [a.x, a.y, a.x + ax * pull + liftX, a.y + ay * pull + liftY, b.x + bx * pull + liftX, b.y + by * pull + liftY, b.x, b.y];
}

const along = (a, b, c, d, t) => (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d;

function pointAt([x, y, ax, ay, bx, by, tx, ty], t) {
  return { x: along(x, ax, bx, tx, t), y: along(y, ay, by, ty, t) };
}

function hits(way, obstacles, whole) {
  let found = 0;
  for (let step = 1; step < SAMPLES; step++) {
    const { x, y } = pointAt(way, step / SAMPLES);
    found += y < 0 || y > whole.height || x < 0 || x > whole.width ? 1 : 0;
    found += obstacles.some((item) => x > item.x - 3 && x < right(item) + 3 && y > item.y - 3 && y < bottom(item) + 3) ? 1 : 0;
  }
  return found;
}

function around(a, b, obstacles, whole) {
  let best = null;
  let fewest = Infinity;
  for (const lift of DETOURS) {
    const way = curve(a, b, lift);
    const found = hits(way, obstacles, whole);
    if (found < fewest) {
      [best, fewest] = [way, found];
    }
    if (!found) {
      break;
    }
  }
  return best;
}

function path(way) {
  const [x, y, ax, ay, bx, by, tx, ty] = way.map(round);
  return `M${x} ${y}C${ax} ${ay} ${bx} ${by} ${tx} ${ty}`;
}

// The cards and what stands alone: what lines between cards should not run through.
function cardsOf(items) {
  return [...items.values()].filter((item) => !item.rail && cardOf(item) === item && !(item.open && item.one.type === 'Segment'));
}

// Lines that end on the same side of the same box, in the order of where they come from.
function spreadOut(lines) {
  const sides = new Map();
  for (const line of lines) {
    for (const which of ['from', 'to']) {
      const other = which === 'from' ? 'to' : 'from';
      const side = line.sides[which === 'from' ? 0 : 1];
      const key = `${line[which].id} ${side}`;
      const upright = side === 'top' || side === 'bottom';
      const far = line.cards[other];
      sides.set(key, [...(sides.get(key) || []), {
        line, which, side, order: upright ? far.x + far.width / 2 : line[other].y + line[other].height / 2,
      }]);
    }
  }
  for (const ended of sides.values()) {
    ended.sort((one, two) => one.order - two.order || one.line.kind.localeCompare(two.line.kind));
    const taken = new Map();
    ended.forEach(({ line, which, side }, index) => {
      const { middle, length, loose } = span(line[which], line.cards[which], side, line[which === 'from' ? 'to' : 'from']);
      const before = taken.get(middle) || 0;
      taken.set(middle, before + 1);
      const apart = loose ? before * SPREAD : (index - (ended.length - 1) / 2) * Math.min(SPREAD, length / ended.length);
      line.ends[which] = end(line.cards[which], side, middle + apart);
    });
  }
}

function lineOf(bundle, from, to, narrow) {
  const cards = { from: cardOf(from), to: cardOf(to) };
  const inside = cards.from === cards.to;
  if (inside) {
    Object.assign(cards, { from, to });
  }
  return { ...bundle, bundle, from, to, cards, inside, sides: sidesOf(cards.from, cards.to, narrow, inside), ends: {} };
}

function merged(lines, narrow) {
  const all = new Map();
  for (const line of lines) {
    const { from, to } = line.cards;
    const key = keyOf({ from: from.id, to: to.id, kind: line.kind });
    if (!all.has(key)) {
      all.set(key, lineOf({ key, kind: line.kind, edges: [], connections: 0, ports: '' }, from, to, narrow));
    }
    all.get(key).edges.push(...line.edges);
    all.get(key).connections += line.connections;
  }
  return [...all.values()];
}

const SIGNS = { Gained: '+ ', Lost: '− ' };

function labelled(line) {
  const text = line.connections > 1 ? String(line.connections) : cut(shortPorts(line.ports), 'note', LONGEST_LABEL);
  return text && (SIGNS[line.kind] || '') + text;
}

const overlap = (a, b) => a.x < right(b) + 3 && b.x < right(a) + 3 && a.y < bottom(b) + 2 && b.y < bottom(a) + 2;

// Gives each line its label where that covers nothing, or none.
function label(lines, items, whole) {
  const all = [...items.values()];
  const cards = [...cardsOf(items), ...all.filter(({ rail }) => rail)];
  const titles = all.filter(({ open }) => open).map((item) => ({ ...item, height: HEADER[item.one.type] }));
  const rows = all.filter((item) => !item.open && !item.rail);
  const placed = [];
  for (const line of lines) {
    const text = labelled(line);
    if (!text) {
      continue;
    }
    const width = widthOf(text, 'note') + 10;
    const obstacles = [...titles, ...(line.inside ? rows : cards), ...placed];
    for (const t of PLACES) {
      const { x, y } = pointAt(line.way, t);
      const box = { x: x - width / 2, y: y - LABEL_HEIGHT / 2, width, height: LABEL_HEIGHT };
      if (box.x >= 0 && right(box) <= whole.width && box.y >= 0 && bottom(box) <= whole.height && !obstacles.some((other) => overlap(box, other))) {
        line.label = { ...box, text };
        placed.push(box);
        break;
      }
    }
  }
}

const widthFor = (connections) => (connections === 1 ? 1.5 : Math.min(4, 1.5 + Math.log2(connections) / 2.5));

// Gives each line its way: with care around cards, else straight.
function lay(all, drawing, withCare) {
  spreadOut(all);
  const cards = cardsOf(drawing.items);
  for (const line of all) {
    const { from, to } = line.ends;
    const obstacles = withCare && !line.inside ? cards.filter((card) => card !== line.cards.from && card !== line.cards.to) : [];
    line.way = around(from, to, obstacles, drawing);
    line.d = path(line.way);
    line.width = widthFor(line.connections);
  }
}

/*
 * The lines of a drawing: [{key, kind, from, to, edges, connections, ports, inside, way, d, width, label}], and of cards
 * whose connections within are too many to be drawn, how many these are. More than `mostApart` lines between cards are drawn
 * together.
 */
export function lines(bundles, drawing, mostApart = MOST_APART) {
  const { items, narrow } = drawing;
  const known = bundles.filter(({ from, to }) => items.has(from) && items.has(to));
  const all = known.map((bundle) => lineOf(bundle, items.get(bundle.from), items.get(bundle.to), narrow));
  const between = all.filter(({ inside }) => !inside);
  const apart = between.length <= mostApart;
  const within = new Map();
  all.filter(({ inside }) => inside).forEach((line) => {
    const card = cardOf(line.from);
    within.set(card, [...(within.get(card) || []), line]);
  });
  const crowded = new Map([...within].filter(([, some]) => some.length > MOST_INSIDE).map(([card, some]) => [card.id, some.length]));
  const drawn = [
    ...(apart ? between : merged(between, narrow)),
    ...all.filter(({ inside, from }) => inside && !crowded.has(cardOf(from).id)),
  ];
  lay(drawn, drawing, drawn.length <= MOST_DETOURS);
  const dense = drawn.filter(({ inside }) => !inside).length > MOST_LABELLED;
  if (!dense) {
    label(drawn, items, drawing);
  }
  return { drawn, crowded, dense };
}

// The lines of what is pointed at, each by itself.
export function singles(bundles, drawing) {
  const { items, narrow } = drawing;
  const each = bundles.map((bundle) => lineOf(bundle, items.get(bundle.from), items.get(bundle.to), narrow));
  lay(each, drawing, true);
  each.forEach((line) => {
    line.width = Math.max(2, line.width);
  });
  if (each.length <= MOST_SINGLE_LABELS) {
    label(each, items, drawing);
  }
  return each;
}
