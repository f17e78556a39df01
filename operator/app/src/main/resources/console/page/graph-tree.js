/*
 * The graph as a tree of groups: workloads in namespaces in segments. Each group knows which of its children connect.
 */
export const LEAF_HEIGHT = 22;
const LETTER = 6.7;

const widthOf = (label) => Math.min(230, Math.max(96, 30 + label.length * LETTER));

// How many letters of a label there is room for.
export const lettersIn = (width) => Math.floor((width - 28) / LETTER);

function group(id, type, label, parent) {
  return { id, type, label, parent, depth: parent ? parent.depth + 1 : 0, children: [], groups: new Map(), links: new Map() };
}

function groupIn(parent, id, type, label) {
  if (!parent.groups.has(id)) {
    const made = group(id, type, label, parent);
    parent.groups.set(id, made);
    parent.children.push(made);
  }
  return parent.groups.get(id);
}

export function tree(nodes) {
  const root = group('', 'Root', '', null);
  const leaves = new Map();
  for (const node of nodes) {
    let parent = root;
    if (node.segment && node.type !== 'Segment') {
      parent = groupIn(parent, `segment ${node.segment}`, 'Segment', node.segment);
    }
    if (node.namespace && node.type === 'Workload') {
      parent = groupIn(parent, `namespace ${node.namespace}`, 'Namespace', node.namespace);
    }
    const leaf = { id: node.id, node, label: node.label, parent, depth: parent.depth + 1, width: widthOf(node.label), height: LEAF_HEIGHT };
    parent.children.push(leaf);
    leaves.set(node.id, leaf);
  }
  return { root, leaves };
}

// An edge counts where its ends part: between two children of the innermost group that holds both.
export function link(edges, leaves) {
  for (const edge of edges) {
    let from = leaves.get(edge.from);
    let to = leaves.get(edge.to);
    if (!from || !to || from === to) {
      continue;
    }
    while (from.parent !== to.parent) {
      if (from.depth >= to.depth) {
        from = from.parent;
      } else {
        to = to.parent;
      }
    }
    const key = `${from.id}\n${to.id}`;
    const known = from.parent.links.get(key);
    if (known) {
      known.weight++;
    } else {
      from.parent.links.set(key, { from, to, weight: 1 });
    }
  }
}
