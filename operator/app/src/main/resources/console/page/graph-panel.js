import { h } from './preact.js';
import { useBounded } from './bounded.js';
import { KindLabel, KIND_TEXTS } from './edge-kind.js';
import { Facts } from './facts.js';
import { RiskMark } from './graph-drawing.js';
import { questionOf, saidPorts } from './graph-model.js';
import { RISKS, countRisks } from './graph-risk.js';
import { IntentLinks, NamespaceLink, SegmentLink, plural } from './names.js';
import { firstPort } from './ports.js';
import { links } from './router.js';
import { Enforced } from './state.js';

const FIRST = 50;

function Mark({ risk }) {
  return h('svg', { class: 'sample', width: 14, height: 14, viewBox: '-1 -1 14 14', 'aria-hidden': 'true' }, h(RiskMark, { risk }));
}

function ExplainLink({ test, ...edge }) {
  const question = questionOf(edge);
  return question && h('a', { href: links.explain(question), 'data-test': test,
    'aria-label': `Explain ${question.from} to ${question.to}` }, 'Explain');
}

function Connections({ title, edges, end, linkTo }) {
  const [shown, more] = useBounded(edges, FIRST);
  return h('section', null,
    h('h3', null, `${title} (${edges.length})`),
    h('ul', { class: 'connections' }, shown.map((edge) =>
      h('li', { key: `${edge.from} ${edge.to} ${edge.kind}`, 'data-kind': edge.kind },
        h('a', { href: linkTo(edge[end]) }, edge[end]), ' ',
        h('span', { class: 'ports' }, saidPorts(edge.ports)), ' ', h(KindLabel, { kind: edge.kind }), ' ', h(ExplainLink, edge),
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

function Actions({ node, ends, setEnds, focusOn, focus }) {
  const use = (end) => () => setEnds({ ...ends, [end]: node.id });
  return h('p', { class: 'actions' },
    focus !== node.id && h('button', { type: 'button', onClick: () => focusOn(node.id), 'data-test': 'graph-focus' }, 'Show only its neighbours'),
    // Where the answer has no workloads, since there are too many connections between them.
    node.type === 'Namespace' && !node.workloads && h('a', { href: links.graph({ namespaces: node.label }) }, 'Its workloads'),
    node.type === 'Workload' && [
      h('button', { key: 'source', type: 'button', onClick: use('from'), 'data-test': 'use-as-source' }, 'Use as source'),
      h('button', { key: 'destination', type: 'button', onClick: use('to'), 'data-test': 'use-as-destination' }, 'Use as destination'),
      h('a', { key: 'explain', href: links.explain({ from: node.id }) }, 'Explain from here'),
      h('a', { key: 'reach', href: links.whoCanReach({ workload: node.id }) }, 'Who can reach'),
    ]);
}

function Risks({ risks }) {
  return risks.length > 0 && h('ul', { class: 'risks', 'aria-label': 'Risks' }, risks.map((risk) =>
    h('li', { key: risk }, h(Mark, { risk }), RISKS[risk].text)));
}

// What to look at, where nothing is selected: a click marks those that have the risk.
function Glance({ risks, leaves, risk, setRisk }) {
  const counts = [...countRisks(risks, leaves)];
  return [
    h('h2', { key: 'title' }, 'What to look at'),
    counts.length
      ? h('ul', { key: 'risks', class: 'risks' }, counts.map(([one, count]) => h('li', { key: one },
        h('button', { type: 'button', class: 'quiet', 'aria-pressed': String(risk === one), 'data-test': `risk-${one}`,
          onClick: () => setRisk(risk === one ? null : one) }, h(Mark, { risk: one }), `${RISKS[one].text}: `, h('b', null, count)))))
      : h('p', { key: 'none', class: 'faint' }, 'Nothing stands out.'),
    h('p', { key: 'help', class: 'faint' }, 'Click a box to open or close it, a workload or a line to see its connections. Click one workload, '
      + 'then another with Shift, to explain the connection.'),
  ];
}

function Line({ line, edges, linkTo }) {
  const [only] = edges;
  return [
    h(Facts, { key: 'facts', facts: [
      ['From', h('a', { href: linkTo(line.from) }, line.from)],
      ['To', h('a', { href: linkTo(line.to) }, line.to)],
      ['Kind', h(KindLabel, { kind: line.kind })],
      ['Means', KIND_TEXTS[line.kind]],
      ['Ports', edges.length === 1 && saidPorts(only.ports)],
      ['Connections', edges.reduce((sum, { connections }) => sum + connections, 0)],
    ] }),
    edges.length === 1 && h('p', { key: 'explain', class: 'actions' }, h(ExplainLink, { ...only, test: 'graph-explain-line' }),
      only.example && h('span', { class: 'faint' }, `with ${only.example.address}, one of the addresses outside`)),
    edges.length === 1 && only.intents.length > 0 && h('p', { key: 'intents' }, 'By ', h(IntentLinks, { names: only.intents })),
    edges.length > 1 && h(Members, { key: 'members', edges }),
  ];
}

function Members({ edges }) {
  const [shown, more] = useBounded(edges, FIRST);
  return h('section', null, h('h3', null, plural(edges.length, 'line')),
    h('ul', { class: 'connections' }, shown.map((edge) => h('li', { key: `${edge.from} ${edge.to}` },
      `${edge.from} → ${edge.to} `, h('span', { class: 'ports' }, saidPorts(edge.ports)), ' ', h(ExplainLink, edge)))), more);
}

function Panel({ title, close, children, ...rest }) {
  return h('aside', { class: 'panel', 'aria-label': 'Selected', 'data-test': 'graph-panel', ...rest },
    title && h('div', { class: 'title' }, h('h2', null, title),
      h('button', { type: 'button', class: 'quiet', onClick: close, 'aria-label': 'Close' }, '×')),
    children);
}

/*
 * node: the workload or box that is selected, {id, type, label, risks, holds(leaf id)}; line: the connection, {from, to, kind,
 * edges}.
 */
export function GraphPanel({ node, line, edges, risks, leaves, risk, setRisk, ends, setEnds, linkTo, focus, focusOn, close }) {
  const asked = h(Ends, { ends, setEnds, edges });
  if (line) {
    return h(Panel, { title: 'Connection', close, 'data-from': line.from, 'data-to': line.to }, h(Line, { line, edges: line.edges, linkTo }), asked);
  }
  if (!node) {
    return h(Panel, null, h(Glance, { risks, leaves, risk, setRisk }), asked);
  }
  const namespace = node.namespace || (node.type === 'Namespace' && node.label);
  const segment = node.segment || (node.type === 'Segment' && node.label);
  const crossing = (end, other) => edges.filter((edge) => node.holds(edge[end]) && !node.holds(edge[other]));
  return h(Panel, { title: node.label, close, 'data-id': node.id },
    h(Facts, { facts: [
      ['Type', node.type],
      ['Namespace', namespace && h(NamespaceLink, { name: namespace })],
      ['Segment', segment && h(SegmentLink, { name: segment })],
      ['Enforced', node.type !== 'Outside' && node.type !== 'Declared' && h(Enforced, { directions: node.enforced || [], segment })],
      ['Pods', node.type === 'Workload' && node.pods],
      ['Workloads', node.workloads],
    ] }),
    h(Risks, { risks: node.risks }),
    h(Actions, { node, ends, setEnds, focusOn, focus }),
    asked,
    h(Connections, { key: `out ${node.id}`, title: 'Connects to', end: 'to', linkTo, edges: crossing('from', 'to') }),
    h(Connections, { key: `into ${node.id}`, title: 'Connected from', end: 'from', linkTo, edges: crossing('to', 'from') }));
}
