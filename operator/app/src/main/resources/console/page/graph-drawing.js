import { h } from './preact.js';
import { KINDS, KIND_LABELS } from './edge-kind.js';
import { middle, path, route } from './graph-curves.js';
import { lettersIn } from './graph-tree.js';

const MOST_LABELS = 24;
const MOST_STANDING_LABELS = 60;

// How wide a letter of a title is, as a part of its height.
const TITLE_LETTER = 0.66;

const ENFORCED = ['○', '◐', '●'];

function describe(node, out, into) {
  const place = node.type === 'Workload' ? ` in ${node.namespace}` : '';
  return `${node.label}, ${node.type}${place}, connects to ${out}, connected from ${into}`;
}

function cut(label, width) {
  const letters = lettersIn(width);
  return label.length > letters ? `${label.slice(0, letters - 1)}…` : label;
}

function Node({ leaf, out, into }) {
  const { node } = leaf;
  return h('g', {
    class: `node ${node.type}`, transform: `translate(${leaf.x} ${leaf.y})`, role: 'button', tabindex: -1,
    'aria-label': describe(node, out, into), 'data-id': leaf.id, 'data-test': 'graph-node',
  },
  h('title', null, leaf.id),
  h('rect', { width: leaf.width, height: leaf.height, rx: 3 }),
  node.enforced && h('text', { x: 7, y: 15, class: 'enforced' }, ENFORCED[node.enforced.length]),
  h('text', { x: node.enforced ? 21 : 9, y: 15, class: 'name' }, cut(node.label, leaf.width)));
}

function Box({ box }) {
  return h('g', { class: `box ${box.type}`, transform: `translate(${box.x} ${box.y})` },
    h('rect', { width: box.width, height: box.height, rx: 6 }),
    h('text', { x: 12, y: 21, style: { '--room': `${(box.width - 20) / box.label.length / TITLE_LETTER}px` } }, box.label));
}

function Arrows() {
  return h('defs', null, KINDS.map((kind) =>
    h('marker', { key: kind, id: `arrow-${kind}`, class: `arrow ${kind}`, viewBox: '0 0 8 8', refX: 8, refY: 4,
      markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto' }, h('path', { d: 'M0 0L8 4L0 8z' }))));
}

function Edge({ edge, line, width = 1.5, arrow = true }) {
  return h('path', {
    class: `edge ${edge.kind}`, d: line, 'stroke-width': width, 'data-kind': edge.kind, 'data-from': edge.from, 'data-to': edge.to,
    'data-test': 'graph-edge', 'marker-end': arrow ? `url(#arrow-${edge.kind})` : null,
  });
}

function Label({ edge, way, ports }) {
  const text = [ports && edge.ports, edge.kind !== 'Declared' && KIND_LABELS[edge.kind]].filter(Boolean).join(', ');
  return h('text', { class: `label ${edge.kind}`, ...middle(way), 'text-anchor': 'middle' }, text);
}

function Edges({ drawn, strokes }) {
  return h('g', { class: drawn.apart ? 'edges' : 'edges bundled', 'aria-hidden': 'true' }, strokes.map((stroke) =>
    h(Edge, { key: stroke.key, edge: stroke.edge || { kind: stroke.kind }, line: stroke.path, width: stroke.width, arrow: drawn.apart })));
}

function Boxes({ boxes }) {
  return h('g', { class: 'boxes', 'aria-hidden': 'true' }, boxes.map((box) => h(Box, { key: `${box.parent.id} ${box.id}`, box })));
}

/*
 * The ground and the nodes are drawn once for each answer; what is pointed at comes in between. Bundles run behind the
 * boxes that they do not belong to.
 */
export function Ground({ drawing, drawn }) {
  const outer = drawing.boxes.filter(({ type }) => type === 'Segment');
  const inner = drawing.boxes.filter(({ type }) => type !== 'Segment');
  return [
    h(Arrows),
    h(Boxes, { boxes: outer }),
    h(Edges, { key: 'between', drawn, strokes: drawn.strokes.filter((stroke) => stroke.between) }),
    h(Boxes, { boxes: inner }),
    h(Edges, { key: 'over', drawn, strokes: drawn.strokes.filter((stroke) => !stroke.between) }),
  ];
}

export function Nodes({ drawing, drawn, around }) {
  const { nodes } = drawing;
  const labelled = drawn.apart && drawn.strokes.length <= MOST_STANDING_LABELS
    ? drawn.strokes.filter(({ kind }) => kind !== 'Declared') : [];
  return [
    h('g', { class: 'nodes' }, [...nodes.values()].map((leaf) =>
      h(Node, { key: leaf.id, leaf, out: around.get(leaf.id)?.out || 0, into: around.get(leaf.id)?.into || 0 }))),
    h('g', { class: 'labels', 'aria-hidden': 'true' }, labelled.map(({ key, edge, way }) =>
      h(Label, { key, edge, way }))),
  ];
}

const keyOf = (edge) => `${edge.from} ${edge.to} ${edge.kind}`;

// The connections of one node.
export function LitEdges({ edges, nodes }) {
  return h('g', { class: 'lit-edges', 'aria-hidden': 'true' }, edges.map((edge) =>
    h(Edge, { key: keyOf(edge), edge, line: path(route(edge, nodes)), width: 2 })));
}

export function LitLabels({ edges, nodes }) {
  return h('g', { class: 'lit-labels', 'aria-hidden': 'true' }, edges.length <= MOST_LABELS && edges.map((edge) =>
    h(Label, { key: keyOf(edge), edge, way: route(edge, nodes), ports: true })));
}
