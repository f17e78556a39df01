/*
 * Connections to the cluster's DNS, which everybody has: where they are many they would hide everything else.
 */
const PORTS = /^(?:(?:TCP|UDP) 53(?:53)?(?:,|$))+$/;
const MANY = 6;

// The edges that are nothing else than names asked for.
export function toDns({ nodes, edges }) {
  const servers = new Set(nodes.filter(({ dns }) => dns).map(({ id }) => id));
  return new Set(edges.filter(({ to, ports }) => servers.has(to) && PORTS.test(ports)));
}

// `chosen` is `show`, `hide` or empty, which leaves it to how many there are.
export const drawsDns = (chosen, count) => (chosen ? chosen === 'show' : count <= MANY);
