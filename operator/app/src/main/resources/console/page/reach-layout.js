import { widthOf } from './graph-text.js';
import { plural } from './names.js';

/*
 * Who can reach whom, in columns by the number of hops: {boxes: [{key, kind, title, note, x, y, width, height}], lines: [{from, to}],
 * headings: [{x, text}], width, height, left}. Pure functions.
 */
const ROW = 38;
const GAP = { x: 36, widest: 120, y: 10 };
const TOP = 26;
const MOST_ROWS = 12;
const MOST_COLUMNS = 9;
const NARROWEST = 96;
const WIDEST = 190;
const OUTSIDE = 'outside';

const NAME = /^([^/]+)\/(.+)\[([A-Za-z]+)\]$/;

function named(workload) {
  const [, namespace = '', name = workload] = NAME.exec(workload) || [];
  return { title: name, note: namespace };
}

// The nearest step on the way to whom is asked about; of whom is asked about none.
const nextOf = (path, to) => (to ? path[1] : path.at(-2));

function columnsOf({ workload, workloads }, to) {
  const columns = [[{ key: workload, kind: 'subject', ...named(workload), next: null }]];
  for (const { workload: key, hops, path } of workloads.filter((one) => one.hops <= MOST_COLUMNS)) {
    columns[hops] = [...(columns[hops] || []), { key, kind: 'workload', ...named(key), next: nextOf(path, to) }];
  }
  return columns.map((column) => column || []);
}

// Those beyond what can be read are one box; whoever leads over one of them leads over that box.
function bounded(column, hops) {
  if (column.length <= MOST_ROWS) {
    return column;
  }
  const rest = column.slice(MOST_ROWS - 1);
  return [...column.slice(0, MOST_ROWS - 1), {
    key: `more ${hops}`, kind: 'more', title: `${rest.length} more`, note: 'in the table', next: null, stands: rest,
  }];
}

// Each near to whom it leads, so that few lines cross.
function inOrder(columns) {
  const place = new Map();
  return columns.map((column, hops) => {
    const sorted = [...column].sort((a, b) => (place.get(a.next) ?? 0) - (place.get(b.next) ?? 0)
      || a.note.localeCompare(b.note) || a.title.localeCompare(b.title));
    sorted.forEach(({ key }, index) => place.set(key, index / sorted.length));
    return bounded(sorted, hops);
  });
}

function widthFor(column) {
  const widest = Math.max(...column.map(({ title, note }) => Math.max(widthOf(title, 'name'), widthOf(note, 'note'))));
  return Math.min(WIDEST, Math.max(NARROWEST, Math.ceil(widest) + 22));
}

function linesOf(boxes, outside, to) {
  const drawn = new Map(boxes.flatMap((box) => [[box.key, box], ...(box.stands || []).map(({ key }) => [key, box])]));
  const lines = new Map();
  const add = (one, other) => {
    const [from, end] = to ? [one, other] : [other, one];
    if (from && end && from !== end) {
      lines.set(`${from.key} ${end.key}`, { key: `${from.key} ${end.key}`, from, to: end });
    }
  };
  boxes.forEach((box) => (box.stands || [box]).forEach(({ next }) => add(box, drawn.get(next))));
  outside.forEach(({ path }) => add(drawn.get(OUTSIDE), drawn.get(to ? path[0] : path.at(-1))));
  return [...lines.values()];
}

// How the outside is reached: straight from the column next to it, else below everything that stands between.
function laneOf(line, lane, gap) {
  return line.from.kind === 'outside' || line.to.kind === 'outside' ? { ...line, lane: Math.abs(line.to.x - line.from.x - line.from.width) > gap + 1 ? lane : 0 } : line;
}

// `room`: how wide the picture may be without having to be scrolled.
export function hopsLayout(radius, to, room) {
  const columns = inOrder(columnsOf(radius, to));
  const outside = radius.outside.filter(({ hops }) => hops <= columns.length);
  const tallest = Math.max(...columns.map(({ length }) => length));
  const content = TOP + tallest * (ROW + GAP.y) - GAP.y;
  const far = outside.length > 0 ? [[{ key: OUTSIDE, kind: 'outside', title: 'Outside', note: plural(outside.length, 'range'), next: null }]] : [];
  const all = [...columns, ...far].map((column) => ({ column, width: column.length ? widthFor(column) : NARROWEST }));
  const taken = all.reduce((sum, { width }) => sum + width, 0);
  const gap = Math.max(GAP.x, Math.min(GAP.widest, (room - taken) / (all.length - 1)));
  const beside = far.length > 0 && outside.every(({ hops }) => hops === columns.length);
  const lane = content + ROW / 2 + 6;
  const boxes = [];
  const headings = [];
  let along = 0;
  all.forEach(({ column, width }, hops) => {
    const start = column === far[0] && !beside ? lane - ROW / 2 : TOP + (content - TOP - (column.length * (ROW + GAP.y) - GAP.y)) / 2;
    column.forEach((box, row) => boxes.push({ ...box, x: along, y: start + row * (ROW + GAP.y), width, height: ROW }));
    if (hops > 0 && hops < columns.length) {
      headings.push({ x: along + width / 2, text: plural(hops, 'hop') });
    }
    along += width + gap;
  });
  const width = along - gap;
  const mirrored = (one, size) => ({ ...one, x: to ? width - one.x - size : one.x });
  const placed = boxes.map((box) => mirrored(box, box.width));
  return {
    boxes: placed, lines: linesOf(placed, outside, to).map((line) => laneOf(line, lane, gap)),
    headings: headings.map((heading) => mirrored(heading, 0)), width, height: far.length && !beside ? lane + ROW / 2 : content, gap,
    left: [...radius.workloads, ...radius.outside].some(({ hops }) => hops > columns.length) ? columns.length - 1 : 0,
  };
}
