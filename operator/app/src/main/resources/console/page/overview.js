import { h } from './preact.js';
import { overview } from './api.js';
import { Attention } from './attention.js';
import { Unprotected, isUnprotected } from './coverage.js';
import { ExposureFigures, ExposureNote, useExposure } from './exposure.js';
import { NamespaceLink, SegmentLink } from './names.js';
import { Answer, Interactive, Page } from './page.js';
import { Recent } from './recent.js';
import { useResource } from './resource.js';
import { links } from './router.js';
import { Enforced, States, directionsOf } from './state.js';
import { Table } from './table.js';

const count = new Intl.NumberFormat('en').format;

function Totals({ coverage, totals }) {
  const exposed = useExposure();
  const of = (some, all) => `${count(some)} of ${count(all)}`;
  const figures = [
    ['Namespaces enforced', of(coverage.enforced, coverage.namespaces)],
    ['Workloads enforced inbound', of(coverage.inbound, coverage.workloads)],
    ['Workloads enforced outbound', of(coverage.outbound, coverage.workloads)],
  ];
  const others = [['Pods', count(totals.pods)], ['Intents', count(totals.intents)], ['Policies', count(totals.policies)]];
  const list = (all) => all.map(([label, figure]) => h('div', { key: label }, h('dt', null, label), h('dd', null, figure)));
  return h('section', { 'aria-label': 'Totals', class: 'totals', 'data-test': 'totals' },
    h('dl', null, list(figures), h(ExposureFigures, { resource: exposed }), list(others)),
    h('div', { class: 'rules' }, h('h2', null, 'Rules'), h(States, { states: totals.states, linkTo: (state) => links.rules({ state }) })),
    h(ExposureNote, { resource: exposed }));
}

function Segments({ segments }) {
  return h(Table, {
    caption: 'Segments', test: 'segments', rows: segments, keyOf: (segment) => segment.name, empty: 'You see no segment.',
    dataOf: (segment) => ({ 'data-test': 'segment-row', 'data-name': segment.name }),
    columns: [
      { title: 'Segment', heading: true, by: ({ name }) => name, cell: ({ name }) => h(SegmentLink, { name }) },
      { title: 'Enforced', cell: (segment) => h(Enforced, { segment: segment.name, directions: directionsOf(segment), disputed: segment.disputed }) },
      { title: 'Trust boundary', cell: ({ trustBoundary }) => trustBoundary || '' },
      { title: 'Namespaces', number: true, by: ({ namespaces }) => namespaces.length, cell: ({ namespaces }) => count(namespaces.length) },
    ],
  });
}

export function Namespaces({ namespaces, caption = 'Namespaces' }) {
  return h(Table, {
    caption, test: 'namespaces', rows: namespaces, keyOf: (namespace) => namespace.name, empty: 'No namespace that you may see is in a segment yet.',
    dataOf: (namespace) => ({ 'data-test': 'namespace-row', 'data-name': namespace.name }),
    columns: [
      { title: 'Namespace', heading: true, by: ({ name }) => name, cell: ({ name }) => h(NamespaceLink, { name }) },
      { title: 'Segment', by: ({ segment }) => segment, cell: ({ segment }) => h(SegmentLink, { name: segment }) },
      { title: 'Enforced', by: ({ enforced }) => enforced.length, cell: ({ enforced, segment, claimedBy }) => h(Enforced, { directions: enforced, segment, claimedBy }) },
      { title: 'Workloads', number: true, by: ({ workloads }) => workloads, cell: ({ workloads }) => count(workloads) },
      { title: 'Pods', number: true, by: ({ pods }) => pods, cell: ({ pods }) => count(pods) },
      { title: 'Intents', number: true, by: ({ intents }) => intents, cell: ({ intents }) => count(intents) },
      { title: 'Policies', number: true, by: ({ policies }) => policies, cell: ({ policies }) => count(policies) },
      { title: 'By others', number: true, by: ({ othersPolicies }) => othersPolicies, cell: ({ othersPolicies }) => count(othersPolicies) },
      { title: 'Rules', by: ({ states }) => states.Open || 0, cell: ({ states }) => h(States, { states }) },
    ],
  });
}

export function OverviewPage() {
  const resource = useResource('overview', overview);
  return h(Page, { title: 'Overview', actions: h('a', { href: links.graph() }, 'Show in graph') },
    h(Answer, { resource, missing: 'You may see no namespace' }, (data) => [
      h('p', { class: 'lead', 'data-test': 'user' },
        'Signed in as ', h('b', null, data.user), '. ',
        data.scope === 'AllNamespaces' ? 'You see all namespaces. ' : 'You see some namespaces, and no trace of the others. ',
        data.leading ? '' : 'Another replica than this one writes policies.'),
      isUnprotected(data.coverage) && h(Unprotected, data),
      h(Totals, { coverage: data.coverage, totals: data.totals }),
      (data.attention.length > 0 || !isUnprotected(data.coverage)) && h(Attention, { items: data.attention }),
      h(Segments, { segments: data.segments }),
      h(Namespaces, { namespaces: data.namespaces }),
      h(Recent, { changes: data.recent }),
      h(Interactive, { view: 'overview' }),
    ]));
}
