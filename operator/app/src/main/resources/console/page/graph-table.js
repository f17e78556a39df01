import { h, useState } from './preact.js';
import { connectionsAsCsv } from './api.js';
import { KINDS, KindLabel } from './edge-kind.js';
import { saveFile } from './graph-export.js';
import { questionOf, saidPorts } from './graph-model.js';
import { RISKS } from './graph-risk.js';
import { IntentLinks } from './names.js';
import { links } from './router.js';
import { Table } from './table.js';

function Ask({ question }) {
  return question && h('a', { href: links.explain(question), 'aria-label': `Explain ${question.from} to ${question.to}` }, 'Explain');
}

// What a spreadsheet takes: the connections that are allowed, each by itself.
function AsCsv({ namespaces }) {
  const [problem, setProblem] = useState('');
  const saveIt = async () => {
    try {
      saveFile(await connectionsAsCsv(namespaces), 'connections.csv');
      setProblem('');
    } catch (failure) {
      setProblem(failure.message);
    }
  };
  return h('p', { class: 'actions' },
    h('button', { type: 'button', onClick: saveIt, 'data-test': 'export-csv' }, 'Save as CSV'), h('span', { role: 'status', class: 'wrong' }, problem));
}

// The same as the picture, for whoever cannot use it. What is out of the ordinary comes first.
export function GraphTable({ nodes, bundles, linkTo, namespaces }) {
  const unusual = ({ kind }) => KINDS.indexOf(kind);
  const rows = [...bundles].sort((a, b) => unusual(b) - unusual(a) || a.from.localeCompare(b.from) || a.to.localeCompare(b.to));
  const count = (end) => bundles.reduce((counts, edge) => counts.set(edge[end], (counts.get(edge[end]) || 0) + 1), new Map());
  const [out, into] = [count('from'), count('to')];
  return [
    h(AsCsv, { namespaces }),
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
        { title: 'Ask', cell: (edge) => h(Ask, { question: questionOf(edge) }) },
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
