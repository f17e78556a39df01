import { balanced, candidates, extent, flowing, forward, inOrder, levels, untangle } from './graph-columns.js';
import { widthOf } from './graph-text.js';

/*
 * Where things lie, as a function of what is drawn and of the canvas: workloads in cards of namespaces, cards in segments,
 * in as many columns as make them largest, and what is outside on either side. Several ways are measured, and the best one
 * is placed. Linear in nodes and edges but for sorting.
 */
const SMALLEST_CANVAS = 240;
export const SMALLEST_SCALE = 0.92;
const LARGEST_SCALE = 1.3;
// From here on it is better to read from left to right, and to fill the canvas, than to be larger.
const ENOUGH = 1.1;
// More than anything else counts for: that all of it is seen.
const FITTING = 2;
export const MARGIN = 14;
export const HEADER = { Segment: 24, Namespace: 28 };
export const RISK_WIDTH = 16;
const NARROW = 560;
const MOST_ROWS = 12;
const WIDEST = 250;
const WIDEST_IF_NARROW = 152;
const MOST_STRETCH = 110;

// From roomy to dense; a roomy one only where it is as large as it is meant to be.
const MODES = [
  { row: 32, rows: { x: 88, y: 14 }, cards: { x: 92, y: 30 }, padding: 14, flows: true, least: 1, bonus: 1.1 },
  { row: 30, rows: { x: 60, y: 10 }, cards: { x: 72, y: 26 }, padding: 12, flows: false, least: 1, bonus: 1.05 },
  { row: 23, rows: { x: 44, y: 4 }, cards: { x: 54, y: 16 }, padding: 9, flows: false, least: 0, bonus: 1 },
  { row: 22, rows: { x: 36, y: 3 }, cards: { x: 36, y: 10 }, padding: 7, flows: false, least: 0, bonus: 0.96 },
];
// What is outside, and the room between it and the rest; where there is none, room for lines that go around in a column.
const RAIL = { wide: { size: 66, before: 46, after: 68, bulge: 44, around: 22 }, narrow: { size: 30, before: 34, after: 34, bulge: 6, around: 0 } };
// In how many columns the namespaces of a segment stand; none: in as many as they connect.
const FOLDS = [0, 1, 2, 3, 4, 6];

const clamp = (least, value, most) => Math.max(least, Math.min(value, most));

// Whether it is something that can be enforced, which a mark tells.
export const isEnforced = ({ type }) => type === 'Workload' || type === 'Namespace';

function leafSize(one, risks, mode) {
  const marks = isEnforced(one) ? 15 : 0;
  return {
    width: clamp(92, Math.ceil(widthOf(one.label, 'name')) + marks + 20 + RISK_WIDTH * risks.length, WIDEST), height: mode.row,
  };
}

function closedSize(one, { risks, note }, widest) {
  const title = widthOf(one.label, 'title') + RISK_WIDTH * risks.length + 52;
  return { width: clamp(124, Math.ceil(Math.max(title, widthOf(note, 'note') + 34)), widest), height: 46 };
}

// The tree of what is drawn: {id, one, open, children}
function grow(one, isOpen) {
  const open = one.children && isOpen(one);
  const item = { id: one.id, one, open, children: open ? one.children.map((child) => grow(child, isOpen)) : [], last: one.type === 'Declared' };
  item.children.forEach((child) => {
    child.parent = item;
  });
  return item;
}

function collect(item, found = new Map()) {
  item.children.forEach((child) => {
    found.set(child.id, child);
    collect(child, found);
  });
  return found;
}

// A bundle counts where its ends part: between two children of the innermost box that holds both.
function link(bundles, items, root) {
  const links = new Map();
  const depth = (item) => (item === root ? 0 : 1 + depth(item.parent));
  for (const bundle of bundles) {
    let [from, to] = [items.get(bundle.from), items.get(bundle.to)];
    while (from && to && from.parent !== to.parent) {
      if (depth(from) >= depth(to)) {
        from = from.parent;
      } else {
        to = to.parent;
      }
    }
    if (!from || !to || from === to) {
      continue;
    }
    const of = links.get(from.parent) || links.set(from.parent, new Map()).get(from.parent);
    const key = `${from.id}\n${to.id}`;
    const known = of.get(key) || of.set(key, { from, to, weight: 0 }).get(key);
    known.weight += 1;
  }
  return (item) => [...(links.get(item)?.values() || [])];
}

// The children of a box in columns, for a mode and a fold.
function columnsOf(item, order, mode, fold) {
  const { ordered, level } = order(item);
  if (item.one.type !== 'Namespace') {
    return fold ? balanced(ordered, fold, mode.cards) : flowing(ordered, level);
  }
  const flow = mode.flows && flowing(ordered, level);
  if (flow && flow.length <= 4 && flow.every((items) => items.length <= MOST_ROWS)) {
    return flow;
  }
  const widest = Math.max(...ordered.map(({ width }) => width));
  ordered.forEach((child) => {
    child.width = widest;
  });
  return balanced(ordered, Math.ceil(ordered.length / MOST_ROWS), mode.rows);
}

function sizeUp(item, way) {
  const { order, links, facts, mode, fold, widest } = way;
  if (!item.open) {
    Object.assign(item, item.one.children ? closedSize(item.one, facts(item.one), widest) : leafSize(item.one, facts(item.one).risks, mode));
    return;
  }
  item.children.forEach((child) => sizeUp(child, way));
  const rows = item.one.type === 'Namespace';
  item.gap = rows ? mode.rows : mode.cards;
  item.columns = columnsOf(item, order, mode, fold);
  item.padding = mode.padding;
  const { width, height } = extent(item.columns, item.gap);
  // Room on the right for connections between workloads of one column.
  item.bulge = rows && item.columns.some((items) => items.length > 1) && links(item).length > 0 ? 24 : 0;
  const title = widthOf(item.one.label, 'title') + 46 + RISK_WIDTH * facts(item.one).risks.length;
  item.width = Math.ceil(Math.max(width + 2 * item.padding + item.bulge, Math.min(title, WIDEST)));
  item.height = Math.ceil(height + HEADER[item.one.type] + item.padding);
}

// What the outside takes before and after the rest, and the lines on the right of it.
function ends(narrow, rails) {
  const { size, before, after, bulge, around } = narrow ? RAIL.narrow : RAIL.wide;
  const has = (id) => rails.some((rail) => rail.id === id);
  const taken = { before: has('outside:in') ? size + before : around, after: has('outside:out') ? size + after : 0 };
  return narrow
    ? { ...taken, x: bulge, y: taken.before + taken.after, bulge }
    : { ...taken, x: taken.before + (taken.after || bulge), y: 0, bulge: taken.after ? 0 : bulge };
}

function best(root, order, links, facts, size, rails) {
  const narrow = size.width < NARROW;
  const room = ends(narrow, rails);
  const widest = narrow ? WIDEST_IF_NARROW : WIDEST;
  let chosen = null;
  const nested = root.children.some(({ one, open }) => open && one.type === 'Segment');
  for (const mode of MODES) {
    for (const fold of nested ? FOLDS : [0]) {
      root.children.forEach((child) => sizeUp(child, { order, links, facts, mode, fold, widest }));
      const { ordered, level } = order(root);
      for (const columns of candidates(ordered, level, links(root), mode.cards)) {
        const { width, height } = extent(columns, mode.cards);
        const ways = [(size.width - 2 * MARGIN) / (width + room.x), (size.height - 2 * MARGIN) / (height + room.y)];
        const scale = Math.min(LARGEST_SCALE, ...ways);
        const score = (scale >= SMALLEST_SCALE ? FITTING : 0) + Math.min(ENOUGH, scale) * mode.bonus
          * (0.5 + 0.5 * forward(columns, links(root))) * (0.75 + 0.25 * Math.min(...ways) / Math.max(...ways));
        if (scale >= mode.least && (!chosen || score > chosen.score)) {
          chosen = { mode, fold, columns, scale, score, narrow, widest };
        }
      }
    }
  }
  return chosen;
}

function place(item, x, y, placed) {
  Object.assign(item, { x, y });
  placed.push(item);
  if (item.open) {
    const spare = item.width - 2 * item.padding - item.bulge - item.inner.width;
    item.children.forEach((child) =>
      place(child, x + item.padding + spare / 2 + child.dx, y + HEADER[item.one.type] + child.dy, placed));
  }
}

function settle(item, links) {
  if (item.open) {
    item.children.forEach((child) => settle(child, links));
    item.inner = untangle(item.columns, links(item), item.gap);
  }
}

// What is left of the canvas goes between the columns, and between the boxes of a column.
function stretched(columns, gap, room, scale, narrow) {
  const { width, height } = extent(columns, gap);
  const tallest = Math.max(...columns.map((items) => items.length));
  const spare = (have, need, gaps) => clamp(0, (have - need) / Math.max(1, gaps), MOST_STRETCH);
  return {
    x: gap.x + (narrow ? 0 : spare(room.width / scale, width, columns.length - 1)),
    y: gap.y + spare(room.height / scale, height, tallest - 1) / 2,
  };
}

function withRails(rails, narrow, content, height) {
  const { before, after, bulge } = ends(narrow, rails);
  const whole = narrow
    ? { width: content.width + bulge, height: before + content.height + after }
    : { width: before + content.width + after + bulge, height: Math.max(height, content.height) };
  const placed = rails.map((leaf) => {
    const first = leaf.id === 'outside:in';
    return {
      id: leaf.id, one: leaf, rail: true, children: [], parent: null,
      x: narrow || first ? 0 : whole.width - RAIL.wide.size,
      y: narrow && !first ? whole.height - RAIL.narrow.size : 0,
      width: narrow ? whole.width : RAIL.wide.size,
      height: narrow ? RAIL.narrow.size : whole.height,
    };
  });
  const origin = narrow ? { x: 0, y: before } : { x: before, y: (whole.height - content.height) / 2 };
  return { whole, placed, origin };
}

/*
 * facts(one) gives {risks, note} of a leaf or box. {items: by id, width, height, scale: as large as all of it can be shown,
 * narrow}
 */
export function layout({ model, isOpen, bundles, facts, size: canvas }) {
  // A canvas that is hidden has no size, and gets one again.
  const size = { width: Math.max(canvas.width, SMALLEST_CANVAS), height: Math.max(canvas.height, SMALLEST_CANVAS) };
  const inCluster = model.root.children.filter(({ type }) => type !== 'Outside');
  const rails = model.root.children.filter(({ type }) => type === 'Outside');
  const root = grow({ ...model.root, children: inCluster }, () => true);
  root.children = inCluster.map((child) => Object.assign(grow(child, isOpen), { parent: root }));
  if (!root.children.length) {
    return { items: new Map(), width: 0, height: 0, scale: 1, narrow: false };
  }
  const items = collect(root);
  const links = link(bundles, items, root);
  const orders = new Map();
  const order = (item) => {
    if (!orders.has(item)) {
      const level = levels(item.children, links(item));
      orders.set(item, { level, ordered: inOrder(item.children, level) });
    }
    return orders.get(item);
  };
  const { mode, fold, columns, scale, narrow, widest } = best(root, order, links, facts, size, rails);
  root.children.forEach((child) => {
    sizeUp(child, { order, links, facts, mode, fold, widest });
    settle(child, links);
  });
  const shown = Math.max(SMALLEST_SCALE, scale);
  const taken = ends(narrow, rails);
  const room = { width: size.width - 2 * MARGIN - taken.x * shown, height: size.height - 2 * MARGIN - taken.y * shown };
  const content = untangle(columns, links(root), stretched(columns, mode.cards, room, shown, narrow));
  const { whole, placed, origin } = withRails(rails, narrow, content, (size.height - 2 * MARGIN) / shown);
  const all = [...placed];
  root.children.forEach((child) => place(child, origin.x + child.dx, origin.y + child.dy, all));
  return { items: new Map(all.map((item) => [item.id, item])), ...whole, scale, narrow };
}
