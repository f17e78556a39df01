import { firstPort } from './ports.js';

/*
 * The graph as a tree of boxes that are open or closed: workloads in namespaces in segments. What lies in a closed box is
 * drawn as that box, and connections as bundles between what is drawn. Pure functions.
 */
export const LEVELS = ['segment', 'namespace', 'workload'];

const MOST_PORTS = 3;
const DNS = 'TCP 53,UDP 53';
const ALL = /^(All Connections|(SCTP 1-65535,)?TCP 1-65535,UDP 1-65535)$/;

function box(boxes, parent, id, type, label) {
  if (!boxes.has(id)) {
    boxes.set(id, { id, type, label, parent, children: [], leaves: 0, enforced: [] });
    parent.children.push(boxes.get(id));
  }
  return boxes.get(id);
}

// A segment of one namespace that has the same name is drawn once.
function withoutEchoes(root, boxes) {
  root.children = root.children.map((child) => {
    const [only] = child.children || [];
    if (child.type !== 'Segment' || child.children?.length !== 1 || only.label !== child.label || only.type !== 'Namespace') {
      return child;
    }
    boxes.delete(child.id);
    only.parent = root;
    only.segment = child.label;
    return only;
  });
}

// Null is not known; nothing is none.
const enforcedOf = ({ enforced = [] }) => enforced;

// {root, boxes: by id, leaves: by id}
export function hierarchy(nodes) {
  const root = { id: '', type: 'Root', label: '', children: [] };
  const boxes = new Map();
  const leaves = new Map();
  for (const node of nodes) {
    let parent = root;
    if (node.segment && node.type !== 'Segment') {
      parent = box(boxes, parent, `segment:${node.segment}`, 'Segment', node.segment);
    }
    if (node.namespace && node.type !== 'Namespace') {
      parent = box(boxes, parent, `namespace:${node.namespace}`, 'Namespace', node.namespace);
      parent.segment = node.segment;
      parent.enforced = enforcedOf(node);
    }
    const leaf = { id: node.id, type: node.type, label: node.label, node, parent, enforced: enforcedOf(node) };
    parent.children.push(leaf);
    leaves.set(node.id, leaf);
    for (let around = parent; around !== root; around = around.parent) {
      around.leaves += 1;
    }
  }
  withoutEchoes(root, boxes);
  for (const segment of boxes.values()) {
    if (segment.children.length && segment.type === 'Segment') {
      segment.enforced = ['Egress', 'Ingress'].filter((way) => segment.children.every(({ enforced }) => enforced.includes(way)));
    }
  }
  return { root, boxes, leaves };
}

const depthOf = (one) => (one.type === 'Segment' ? 0 : 1);

// Which boxes are open on a level, but for those that somebody has opened or closed.
export function opening(level, opened, closed) {
  const depth = LEVELS.indexOf(level);
  return (one) => opened.has(one.id) || (!closed.has(one.id) && depthOf(one) < depth);
}

// Of each leaf, the innermost thing that is drawn for it.
export function representatives({ leaves }, isOpen) {
  const drawn = new Map();
  for (const leaf of leaves.values()) {
    let shown = leaf;
    for (let around = leaf.parent; around && around.type !== 'Root'; around = around.parent) {
      if (!isOpen(around)) {
        shown = around;
      }
    }
    drawn.set(leaf.id, shown);
  }
  return drawn;
}

export const saidPorts = (ports) => (ports && ALL.test(ports) ? 'all ports' : ports || '');
export const shortPorts = (ports) => (ports === DNS ? 'DNS' : saidPorts(ports).replace(/\bTCP /g, ''));

const isWorkload = (id) => !id.includes(':') && id.split('/').length === 3;

// What to ask to have a connection explained, {from, to, port}; of the outside one address stands for all. Null where nothing
// can be asked: of boxes, and of somebody of whom no more is known than a name.
export function questionOf({ from, to, ports, example }) {
  const end = (id) => (isWorkload(id) ? id : id.startsWith('outside:') && example?.address);
  return end(from) && end(to) ? { from: end(from), to: end(to), port: example ? example.port : firstPort(ports) } : null;
}

function portsOf(edges) {
  const distinct = [...new Set(edges.map(({ ports }) => ports).filter(Boolean))];
  return distinct.slice(0, MOST_PORTS).join('; ') + (distinct.length > MOST_PORTS ? `; ${distinct.length - MOST_PORTS} more` : '');
}

export const keyOf = ({ from, to, kind }) => `${from}\n${to}\n${kind}`;

// [{key, from, to, kind, edges, connections, ports, intents}]
export function bundle(edges, drawnFor) {
  const bundles = new Map();
  for (const edge of edges) {
    const [one, other] = [drawnFor(edge.from), drawnFor(edge.to)];
    if (!one || !other || one === other) {
      continue;
    }
    const key = keyOf({ from: one, to: other, kind: edge.kind });
    if (!bundles.has(key)) {
      bundles.set(key, { key, from: one, to: other, kind: edge.kind, edges: [], connections: 0 });
    }
    bundles.get(key).edges.push(edge);
    bundles.get(key).connections += edge.connections;
  }
  return [...bundles.values()].map((one) => ({
    ...one, ports: portsOf(one.edges), ...(one.edges.length === 1 ? { intents: one.edges[0].intents, example: one.edges[0].example } : { intents: [] }),
  }));
}

// The nodes and edges around one of them, or around a box.
export function neighbourhood({ nodes, edges }, focus) {
  const within = (leaf) => leaf.id === focus || `namespace:${leaf.namespace}` === focus || `segment:${leaf.segment}` === focus;
  const core = new Set(nodes.filter(within).map(({ id }) => id));
  const around = edges.filter(({ from, to }) => core.has(from) || core.has(to));
  const kept = new Set([...core, ...around.flatMap(({ from, to }) => [from, to])]);
  return { nodes: nodes.filter(({ id }) => kept.has(id)), edges: around };
}
