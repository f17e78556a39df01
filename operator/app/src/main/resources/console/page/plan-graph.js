import { namespaceOf, parameterOf } from './names.js';

/*
 * What a plan changes, as nodes and edges for a picture: connections gained and lost, and those that stay of the workloads
 * that gain or lose any. As workloads where these can be read, else as namespaces, else not at all. Pure functions.
 */
export const MOST = 40;

const OUTSIDE = /\[External\]$/;
const CONTROLLER = '{ingress-controller}';

function endOf(label, isSource, byNamespace) {
  if (OUTSIDE.test(label)) {
    return { id: isSource ? 'outside:in' : 'outside:out', type: 'Outside', label: isSource ? 'from outside the cluster' : 'to outside the cluster' };
  }
  if (label === CONTROLLER) {
    return { id: CONTROLLER, type: 'End', label: 'Ingress controller', enforced: null };
  }
  const id = parameterOf(label) || label;
  const namespace = namespaceOf(id);
  return byNamespace
    ? { id: `namespace:${namespace}`, type: 'End', label: namespace, enforced: null }
    : { id, type: 'End', label: id.slice(id.lastIndexOf('/') + 1), namespace, enforced: null };
}

// Each connection once, with its ports: {kind, src, dst, conn}
function connectionsOf({ connections, summary }) {
  const all = new Map();
  const add = (kind) => ({ src, dst, conn }) => all.set(`${kind} ${src} ${dst} ${conn}`, { kind, src, dst, conn });
  connections.gained.forEach(add('Gained'));
  connections.lost.forEach(add('Lost'));
  summary.workloads.forEach(({ keeps }) => keeps.forEach(add('Kept')));
  return [...all.values()];
}

function drawn(connections, byNamespace) {
  const nodes = new Map();
  const edges = new Map();
  for (const { kind, src, dst, conn } of connections) {
    const [from, to] = [endOf(src, true, byNamespace), endOf(dst, false, byNamespace)];
    if (from.id === to.id) {
      continue;
    }
    nodes.set(from.id, from);
    nodes.set(to.id, to);
    const key = `${from.id}\n${to.id}\n${kind}`;
    const known = edges.get(key) || { from: from.id, to: to.id, kind, ports: new Set(), pairs: new Set() };
    known.ports.add(conn);
    // Ranges of addresses outside are one end.
    known.pairs.add(`${OUTSIDE.test(src) ? '' : src} ${OUTSIDE.test(dst) ? '' : dst}`);
    edges.set(key, known);
  }
  return {
    nodes: [...nodes.values()],
    edges: [...edges.values()].map(({ ports, pairs, ...edge }) => ({ ...edge, ports: [...ports].join('; '), connections: pairs.size, intents: [] })),
  };
}

const inCluster = ({ nodes }) => nodes.filter(({ type }) => type !== 'Outside').length;

/*
 * {nodes, edges, count, unit, left}: `left` says how many connections that stay are not in it; null where there are too many
 * for a picture, or none.
 */
export function planGraph(plan) {
  const all = connectionsOf(plan);
  const changes = all.filter(({ kind }) => kind !== 'Kept');
  if (!changes.length) {
    return { nothing: true };
  }
  const touched = new Set(plan.summary.workloads.map(({ workload }) => workload));
  const among = all.filter(({ kind, src, dst }) => kind !== 'Kept' || (touched.has(src) && touched.has(dst)));
  const tries = [[all, false, 'workload'], [among, false, 'workload'], [changes, false, 'workload'], [all, true, 'namespace']];
  for (const [some, byNamespace, unit] of tries) {
    const graph = drawn(some, byNamespace);
    if (inCluster(graph) <= MOST && graph.edges.length) {
      return { ...graph, count: inCluster(graph), unit, all: some.length === all.length && isComplete(plan) };
    }
  }
  return { tooMany: touched.size };
}

// Whether all that a workload keeps is named, where it gains or loses anything.
const isComplete = ({ summary }) => summary.workloads.every(({ kept, keeps }) => kept === keeps.length);
