import { h } from './preact.js';
import { useBounded } from './bounded.js';
import { KindLabel } from './edge-kind.js';
import { Facts } from './facts.js';
import { IntentLinks, NamespaceLink, SegmentLink, firstPort } from './names.js';
import { links } from './router.js';
import { Enforced } from './state.js';

const FIRST = 50;

function Connections({ title, edges, end, linkTo }) {
  const [shown, more] = useBounded(edges, FIRST);
  return h('section', null,
    h('h3', null, `${title} (${edges.length})`),
    h('ul', { class: 'connections' }, shown.map((edge) =>
      h('li', { key: `${edge[end]} ${edge.kind}`, 'data-kind': edge.kind },
        h('a', { href: linkTo(edge[end]) }, edge[end]), ' ',
        h('span', { class: 'ports' }, edge.ports), ' ', h(KindLabel, { kind: edge.kind }),
        edge.intents.length > 0 && h('div', { class: 'faint' }, 'by ', h(IntentLinks, { names: edge.intents }))))),
    more);
}

function Ends({ ends, setEnds, edges }) {
  if (!ends.from && !ends.to) {
    return null;
  }
  const edge = edges.find(({ from, to }) => from === ends.from && to === ends.to);
  return h('section', { class: 'ends', 'data-test': 'graph-ends' },
    h('h3', null, 'To explain'),
    h('p', null, 'From ', h('b', null, ends.from || '…'), ' to ', h('b', null, ends.to || '…')),
    h('p', { class: 'actions' },
      ends.from && ends.to && h('a', { class: 'button', 'data-test': 'graph-explain',
        href: links.explain({ ...ends, port: edge && firstPort(edge.ports) }) }, 'Explain'),
      h('button', { type: 'button', onClick: () => setEnds({ from: null, to: null }) }, 'Clear')));
}

function Actions({ node, ends, setEnds, settings }) {
  const use = (end) => () => setEnds({ ...ends, [end]: node.id });
  if (node.type === 'Workload') {
    return h('p', { class: 'actions' },
      h('button', { type: 'button', onClick: use('from'), 'data-test': 'use-as-source' }, 'Use as source'),
      h('button', { type: 'button', onClick: use('to'), 'data-test': 'use-as-destination' }, 'Use as destination'),
      h('a', { href: links.explain({ from: node.id }) }, 'Explain from here'),
      h('a', { href: links.whoCanReach({ workload: node.id }) }, 'Who can reach'));
  }
  return node.type === 'Namespace' && settings.by === 'namespace' && h('p', { class: 'actions' },
    h('a', { href: links.graph({ by: 'workload', namespaces: node.namespace || node.label }) }, 'Its workloads'));
}

export function GraphPanel({ node, ends, setEnds, edges, settings, linkTo, close }) {
  if (!node) {
    return h('aside', { class: 'panel', 'aria-label': 'Selected', 'data-test': 'graph-panel' },
      h('p', { class: 'faint' }, 'Select a node to see its connections. Select one, then another with Shift, to explain the connection.'),
      h(Ends, { ends, setEnds, edges }));
  }
  const namespace = node.namespace || (node.type === 'Namespace' && node.label);
  const segment = node.segment || (node.type === 'Segment' && node.label);
  return h('aside', { class: 'panel', 'aria-label': 'Selected', 'data-test': 'graph-panel', 'data-id': node.id },
    h('div', { class: 'title' }, h('h2', null, node.label),
      h('button', { type: 'button', class: 'quiet', onClick: close, 'aria-label': 'Close' }, '×')),
    h(Facts, { facts: [
      ['Type', node.type],
      ['Namespace', namespace && h(NamespaceLink, { name: namespace })],
      ['Segment', segment && h(SegmentLink, { name: segment })],
      ['Enforced', node.enforced && h(Enforced, { directions: node.enforced, segment })],
      ['Pods', node.pods],
    ] }),
    h(Actions, { node, ends, setEnds, settings }),
    h(Ends, { ends, setEnds, edges }),
    h(Connections, { key: `out ${node.id}`, title: 'Connects to', end: 'to', linkTo,
      edges: edges.filter(({ from }) => from === node.id) }),
    h(Connections, { key: `into ${node.id}`, title: 'Connected from', end: 'from', linkTo,
      edges: edges.filter(({ to }) => to === node.id) }));
}
