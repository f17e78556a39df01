/*
 * Boxes in columns: those that connect on the left, those that are connected to on the right, as many columns as suit the
 * room. Pure functions; a child has an id, width and height and is given dx and dy.
 */
const ROUNDS = 40;
const MOST_COLUMNS = 10;
const JUMP = 0.55;

const by = (key) => (a, b) => key(a) - key(b) || a.id.localeCompare(b.id);

// One right of those that connect to it, one left of those that it connects to, as far as that goes with cycles.
export function levels(children, links) {
  const level = new Map(children.map((child) => [child, 0]));
  const total = new Map(children.map((child) => [child, 0]));
  for (const { from, to, weight } of links) {
    total.set(from, total.get(from) + weight);
    total.set(to, total.get(to) + weight);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const sum = new Map(children.map((child) => [child, 0]));
    for (const { from, to, weight } of links) {
      sum.set(from, sum.get(from) + weight * (level.get(to) - 1));
      sum.set(to, sum.get(to) + weight * (level.get(from) + 1));
    }
    for (const child of children) {
      if (total.get(child)) {
        level.set(child, (level.get(child) + sum.get(child) / total.get(child)) / 2);
      }
    }
  }
  const last = Math.max(...level.values());
  for (const child of children) {
    if (!total.get(child) || child.last) {
      level.set(child, last + 1);
    }
  }
  return level;
}

const heightOf = (items, gap) => items.reduce((sum, item) => sum + item.height + gap.y, -gap.y);

function filled(ordered, room, gap) {
  const columns = [];
  let height = Infinity;
  for (const child of ordered) {
    if (height + child.height > room) {
      columns.push([]);
      height = 0;
    }
    columns.at(-1).push(child);
    height += child.height + gap.y;
  }
  return columns;
}

// At most so many columns, as low as can be.
export function balanced(ordered, count, gap) {
  let [low, high] = [Math.max(...ordered.map(({ height }) => height)), heightOf(ordered, gap)];
  while (high - low > 2) {
    const half = (low + high) / 2;
    if (filled(ordered, half, gap).length <= count) {
      high = half;
    } else {
      low = half;
    }
  }
  return filled(ordered, high, gap);
}

// A new column wherever the level jumps.
export function flowing(ordered, level) {
  const columns = [];
  let start = -Infinity;
  for (const child of ordered) {
    if (level.get(child) - start > JUMP) {
      columns.push([]);
      start = level.get(child);
    }
    columns.at(-1).push(child);
  }
  return columns;
}

export const inOrder = (children, level) => [...children].sort(by((child) => level.get(child)));

// The same with one column less: the two neighbours that are lowest together, and connect least.
function merged(columns, links, gap) {
  const place = new Map(columns.flatMap((items, index) => items.map((child) => [child, index])));
  const between = columns.map(() => 0);
  for (const { from, to, weight } of links) {
    if (Math.abs(place.get(from) - place.get(to)) === 1) {
      between[Math.min(place.get(from), place.get(to))] += weight;
    }
  }
  const cost = (index) => heightOf([...columns[index], ...columns[index + 1]], gap) * (1 + between[index]);
  const best = columns.slice(1).reduce((cheapest, _, index) => (cost(index) < cost(cheapest) ? index : cheapest), 0);
  return [...columns.slice(0, best), [...columns[best], ...columns[best + 1]], ...columns.slice(best + 2)];
}

// Ways to put them into columns: as they connect and with ever fewer columns, and as low as can be.
export function candidates(ordered, level, links, gap) {
  const all = [flowing(ordered, level)];
  while (all.at(-1).length > 2 && all.length < MOST_COLUMNS) {
    all.push(merged(all.at(-1), links, gap));
  }
  for (let count = 1; count <= Math.min(MOST_COLUMNS, ordered.length); count++) {
    all.push(balanced(ordered, count, gap));
  }
  return all;
}

export function extent(columns, gap) {
  const widths = columns.map((items) => Math.max(...items.map(({ width }) => width)));
  return {
    width: widths.reduce((sum, width) => sum + width + gap.x, -gap.x),
    height: Math.max(...columns.map((items) => heightOf(items, gap))),
  };
}

function stack(columns, gap) {
  const { width, height } = extent(columns, gap);
  let x = 0;
  for (const items of columns) {
    const broad = Math.max(...items.map((child) => child.width));
    let y = (height - heightOf(items, gap)) / 2;
    for (const child of items) {
      child.dx = x + (broad - child.width) / 2;
      child.dy = y;
      y += child.height + gap.y;
    }
    x += broad + gap.x;
  }
  return { width, height };
}

// Each near the middle of those that it is connected with.
export function untangle(columns, links, gap) {
  stack(columns, gap);
  // One column reads from top to bottom.
  for (let round = 0; round < 4 && columns.length > 1; round++) {
    const sum = new Map();
    const add = (child, other, weight) => {
      const known = sum.get(child) || { y: 0, weight: 0 };
      sum.set(child, { y: known.y + weight * (other.dy + other.height / 2), weight: known.weight + weight });
    };
    links.forEach(({ from, to, weight }) => {
      add(from, to, weight);
      add(to, from, weight);
    });
    const middle = (child) => (sum.has(child) ? sum.get(child).y / sum.get(child).weight : child.dy + child.height / 2);
    columns.forEach((items) => items.sort(by(middle)));
    stack(columns, gap);
  }
  return stack(columns, gap);
}

// How much of what connects goes from a column to a later one.
export function forward(columns, links) {
  const place = new Map(columns.flatMap((items, index) => items.map((child) => [child, index])));
  let [all, good] = [0, 0];
  for (const { from, to, weight } of links) {
    all += weight;
    good += place.get(to) > place.get(from) ? weight : 0;
  }
  return all ? good / all : 1;
}
