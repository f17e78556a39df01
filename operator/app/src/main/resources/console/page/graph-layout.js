import { LEAF_HEIGHT, link, tree } from './graph-tree.js';

/*
 * Where things lie: workloads in namespaces in segments, each group a box. A group's children go into columns, those
 * that connect on the left, those that are connected to on the right, the outside on the far right. All steps are
 * linear in nodes and edges, but for sorting: a layered layout of 500 workloads and 2,000 connections by the usual
 * libraries takes longer, and is too large to be of use.
 */
const TITLE = 26;
const PADDING = 12;
const MOST_IN_COLUMNS = 12;
const MOST_ROWS = 30;
const ASPECT = 1.5;
const ROUNDS = 40;

const by = (key) => (a, b) => key(a) - key(b) || a.id.localeCompare(b.id);

// One right of those that connect to it, one left of those that it connects to, as far as that goes with cycles.
function levels(children, links) {
  const level = new Map(children.map((child) => [child, 0]));
  const total = new Map(children.map((child) => [child, 0]));
  const entered = new Set();
  for (const { from, to, weight } of links) {
    total.set(from, total.get(from) + weight);
    total.set(to, total.get(to) + weight);
    entered.add(to);
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
    const outside = child.node && (child.node.type === 'Outside' || child.node.type === 'Declared');
    if (!total.get(child) || (outside && entered.has(child))) {
      level.set(child, last + 1);
    }
  }
  return level;
}

function fill(children, level, gap) {
  const area = children.reduce((sum, child) => sum + (child.width + gap.x) * (child.height + gap.y), 0);
  const room = Math.max(Math.sqrt(area / ASPECT), ...children.map((child) => child.height));
  const columns = [];
  let column;
  for (const child of [...children].sort(by((one) => level.get(one)))) {
    if (!column || column.height + child.height > room || level.get(child) - column.level > 0.6) {
      column = { items: [], height: 0, level: level.get(child) };
      columns.push(column);
    }
    column.items.push(child);
    column.height += child.height + gap.y;
  }
  return columns;
}

function stack(columns, gap) {
  const height = Math.max(...columns.map((column) => column.height)) - gap.y;
  let x = 0;
  for (const column of columns) {
    let y = (height - (column.height - gap.y)) / 2;
    for (const child of column.items) {
      child.dx = x;
      child.dy = y;
      y += child.height + gap.y;
    }
    x += Math.max(...column.items.map((child) => child.width)) + gap.x;
  }
  return { width: x - gap.x, height };
}

// Each near the middle of those that it is connected with.
function untangle(columns, links, gap) {
  for (let round = 0; round < 4; round++) {
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
    columns.forEach((column) => column.items.sort(by(middle)));
    stack(columns, gap);
  }
}

function inColumns(parent) {
  const leaves = parent.children.every((child) => child.node);
  const gap = leaves ? { x: 72, y: 10 } : { x: 64, y: 24 };
  const links = [...parent.links.values()];
  const columns = fill(parent.children, levels(parent.children, links), gap);
  stack(columns, gap);
  untangle(columns, links, gap);
  return stack(columns, gap);
}

function inRows(parent) {
  const items = [...parent.children].sort((a, b) => a.label.localeCompare(b.label));
  const rows = Math.ceil(items.length / Math.ceil(items.length / MOST_ROWS));
  const width = Math.max(...items.map((child) => child.width));
  // Room on the right for the curves between those of one box.
  items.forEach((child, index) => {
    child.width = width;
    child.dx = Math.floor(index / rows) * (width + 56);
    child.dy = (index % rows) * (LEAF_HEIGHT + 2);
  });
  return { width: Math.ceil(items.length / rows) * (width + 56) - 16, height: rows * (LEAF_HEIGHT + 2) - 2 };
}

function measure(parent) {
  parent.groups.forEach(measure);
  const many = parent.type === 'Namespace' && parent.children.length > MOST_IN_COLUMNS;
  const { width, height } = many ? inRows(parent) : inColumns(parent);
  parent.width = Math.max(width, parent.label.length * 8) + 2 * PADDING;
  parent.height = height + TITLE + 2 * PADDING;
}

function place(parent, x, y, boxes, nodes) {
  for (const child of parent.children) {
    child.x = x + PADDING + child.dx;
    child.y = y + TITLE + PADDING + child.dy;
    if (child.node) {
      nodes.set(child.id, child);
    } else {
      boxes.push(child);
      place(child, child.x, child.y, boxes, nodes);
    }
  }
}

// {nodes: id -> {id, x, y, width, height, node, parent}, boxes: the groups, outer ones first, width, height}
export function layout({ nodes, edges }) {
  const { root, leaves } = tree(nodes);
  const placed = { nodes: new Map(), boxes: [], width: 0, height: 0 };
  if (!root.children.length) {
    return placed;
  }
  link(edges, leaves);
  measure(root);
  place(root, 0, 0, placed.boxes, placed.nodes);
  return { ...placed, width: root.width, height: root.height };
}
