/*
 * What should catch the eye. A risk has a shape, a colour and a name; the shapes are drawn in a square of 12 units.
 */
export const RISKS = {
  exposed: {
    text: 'Reached from outside', tone: 'warn',
    path: 'M0 6H7M4 2.5L7.5 6L4 9.5M10 1V11',
  },
  leaving: {
    text: 'Reaches outside', tone: 'warn',
    path: 'M2 1V11M4.5 6H11.5M8.5 2.5L12 6L8.5 9.5',
  },
  unenforced: {
    text: 'Not enforced', tone: 'bad',
    path: 'M6 .8L11 2.6V6.2C11 8.8 8.8 10.7 6 11.6C3.2 10.7 1 8.8 1 6.2V2.6zM2 10.5L10.5 1.5',
  },
  unheld: {
    text: 'On its node\'s network: no policy holds it', tone: 'bad',
    path: 'M6 1A5 5 0 1 0 6 11A5 5 0 1 0 6 1M2.5 2.5L9.5 9.5',
  },
  voided: {
    text: 'A policy by somebody else opens more', tone: 'bad',
    path: 'M3 1H1V11H3M9 1H11V11H9M4 4L8 8M8 4L4 8',
  },
  undeclared: {
    text: 'Connections that nobody declared', tone: 'bad',
    path: 'M6 .8L11.5 11H.5zM6 4.4V7.4M6 8.7V9.7',
  },
  unstamped: {
    text: 'Pods without a stamped identity', tone: 'warn',
    path: 'M6 .5L11.5 6L6 11.5L.5 6zM4.6 4.8A1.5 1.5 0 1 1 6.2 6.2V7M6.1 8.3V9.1',
  },
  waiting: {
    text: 'Waits for a peer', tone: 'wait',
    path: 'M2 1H10M2 11H10M3 1C3 4 6 5 6 6C6 7 3 8 3 11M9 1C9 4 6 5 6 6C6 7 9 8 9 11',
  },
};

export const RISK_NAMES = Object.keys(RISKS);

// workload id -> set of risks, by what the nodes say and what the edges show.
export function risksOf({ nodes, edges }) {
  const risks = new Map(nodes.map((node) => [node.id, new Set()]));
  const add = (id, risk) => risks.get(id)?.add(risk);
  for (const node of nodes) {
    if (node.type === 'Workload' || node.type === 'Namespace') {
      const found = { unenforced: !node.enforced, unstamped: node.unstamped, unheld: node.hostNetwork, voided: node.voided };
      Object.keys(found).filter((risk) => found[risk]).forEach((risk) => add(node.id, risk));
    }
  }
  for (const { from, to, kind } of edges) {
    if (from === 'outside:in') {
      add(to, 'exposed');
    }
    if (to === 'outside:out') {
      add(from, 'leaving');
    }
    if (kind === 'Undeclared' && from !== 'outside:in' && to !== 'outside:out') {
      add(from, 'undeclared');
      add(to, 'undeclared');
    }
    if (kind === 'Waiting') {
      add(from, 'waiting');
      add(to, 'waiting');
    }
  }
  risks.delete('outside:in');
  risks.delete('outside:out');
  return new Map([...risks].map(([id, found]) => [id, RISK_NAMES.filter((risk) => found.has(risk))]));
}

// risk -> how many of these leaves have it, of those that any has.
export function countRisks(risks, leaves) {
  const counts = new Map();
  for (const leaf of leaves) {
    (risks.get(leaf) || []).forEach((risk) => counts.set(risk, (counts.get(risk) || 0) + 1));
  }
  return new Map(RISK_NAMES.filter((risk) => counts.has(risk)).map((risk) => [risk, counts.get(risk)]));
}
