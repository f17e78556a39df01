import { h } from './preact.js';
import { KINDS, KindLabel } from './edge-kind.js';
import { saidPorts } from './graph-model.js';
import { RISKS } from './graph-risk.js';
import { IntentLinks, firstPort } from './names.js';
import { links } from './router.js';
import { Table } from './table.js';

// The same as the picture, for whoever cannot use it. What is out of the ordinary comes first.
export function GraphTable({ nodes, bundles, linkTo }) {
  const unusual = ({ kind }) => KINDS.indexOf(kind);
  const rows = [...bundles].sort((a, b) => unusual(b) - unusual(a) || a.from.localeCompare(b.from) || a.to.localeCompare(b.to));
  const count = (end) => bundles.reduce((counts, edge) => counts.set(edge[end], (counts.get(edge[end]) || 0) + 1), new Map());
  const [out, into] = [count('from'), count('to')];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const isWorkload = (id) => byId.get(id)?.type === 'Workload';
  return [
    h(Table, {
      caption: 'Connections', test: 'graph-table', rows, keyOf: ({ key }) => key,
      empty: 'No connection is shown.',
      dataOf: (edge) => ({ 'data-test': 'graph-row', 'data-kind': edge.kind, 'data-from': edge.from, 'data-to': edge.to }),
      columns: [
        { title: 'From', heading: true, cell: (edge) => h('a', { href: linkTo(edge.from) }, edge.from) },
        { title: 'To', cell: (edge) => h('a', { href: linkTo(edge.to) }, edge.to) },
        { title: 'Kind', cell: (edge) => h(KindLabel, { kind: edge.kind }) },
        { title: 'Ports', cell: (edge) => saidPorts(edge.ports) },
        { title: 'Connections', number: true, cell: (edge) => edge.connections },
        { title: 'Intents', cell: (edge) => h(IntentLinks, { names: edge.intents }) },
        { title: 'Ask', cell: ({ from, to, ports }) => isWorkload(from) && isWorkload(to)
          && h('a', { href: links.explain({ from, to, port: firstPort(ports) }), 'aria-label': `Explain ${from} to ${to}` }, 'Explain') },
      ],
    }),
    h(Table, {
      caption: 'Nodes', test: 'graph-nodes', rows: nodes, keyOf: ({ id }) => id,
      empty: 'There is no node.',
      columns: [
        { title: 'Name', heading: true, cell: (node) => h('a', { href: linkTo(node.id) }, node.label) },
        { title: 'Type', cell: ({ type }) => type },
        { title: 'Namespace', cell: ({ namespace }) => (namespace ? h('a', { href: links.namespace(namespace) }, namespace) : '') },
        { title: 'Segment', cell: ({ segment = '' }) => segment },
        { title: 'Pods', number: true, cell: ({ pods = '' }) => pods },
        { title: 'Connects to', number: true, cell: ({ id }) => out.get(id) || 0 },
        { title: 'Connected from', number: true, cell: ({ id }) => into.get(id) || 0 },
        { title: 'Risks', cell: ({ risks }) => risks.map((risk) => RISKS[risk].text).join(', ') },
      ],
    }),
  ];
}
