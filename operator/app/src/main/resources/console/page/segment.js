import { h } from './preact.js';
import { overview, platform } from './api.js';
import { Attention } from './attention.js';
import { Facts } from './facts.js';
import { Listing } from './names.js';
import { Namespaces } from './overview.js';
import { Answer, Interactive, Page, Trouble } from './page.js';
import { useResource } from './resource.js';
import { links } from './router.js';
import { Enforced, directionsOf } from './state.js';
import { Table } from './table.js';

const BOUNDARIES = {
  Workload: 'Both ends of every connection must declare it.',
  Namespace: 'Within a namespace one end’s declaration is enough.',
  Segment: 'Within the segment one end’s declaration is enough.',
};

// What it says of itself speaks of other namespaces, so it is shown to whoever sees all of them.
function Said({ name }) {
  const { data } = useResource('platform', platform);
  const said = data && (data.segments || []).find((segment) => segment.name === name);
  return said && [
    h(Facts, { facts: [
      ['Pods without a stamp', said.unstampedPods],
      ['Voided by', said.voidedBy && h(Listing, { items: said.voidedBy, render: (policy) => policy })],
      ['Policies of other kinds', said.notJudged && `${said.notJudged.join(', ')}: not judged here`],
    ] }),
    h(Table, {
      caption: 'Conditions', test: 'conditions', rows: said.conditions || [], keyOf: ({ type }) => type, empty: 'It has no status yet.',
      columns: [
        { title: 'Condition', heading: true, cell: ({ type }) => type },
        { title: 'Status', cell: ({ status }) => status },
        { title: 'Reason', cell: ({ reason }) => reason },
        { title: 'Message', cell: ({ message }) => message },
      ],
    }),
  ];
}

function Segment({ segment, data }) {
  const inside = data.namespaces.filter((namespace) => namespace.segment === segment.name);
  const names = new Set(segment.namespaces);
  return [
    h(Facts, { facts: [
      ['Enforced', h(Enforced, { segment: segment.name, directions: directionsOf(segment), disputed: segment.disputed })],
      ['Trust boundary', segment.trustBoundary && `${segment.trustBoundary}. ${BOUNDARIES[segment.trustBoundary]}`],
    ] }),
    data.scope === 'AllNamespaces' && h(Said, { name: segment.name }),
    h(Attention, { items: data.attention.filter((item) => item.segment === segment.name || names.has(item.namespace)) }),
    h(Namespaces, { caption: 'Namespaces of this segment', namespaces: inside }),
    names.size > 0 && h('p', null,
      h('a', { href: links.graph({ by: 'workload', namespaces: [...names].join(',') }) }, 'Show in graph')),
    h(Interactive, { view: `segment ${segment.name}` }),
  ];
}

export function SegmentPage({ route }) {
  const resource = useResource('overview', overview);
  return h(Page, { title: `Segment ${route.name}`, trail: [] },
    h(Answer, { resource, missing: 'You may see no namespace' }, (data) => {
      const segment = data.segments.find(({ name }) => name === route.name);
      return segment
        ? h(Segment, { segment, data })
        : h(Trouble, { problem: { status: 404 }, tryAgain: resource.tryAgain, missing: 'You may see no such segment' });
    }));
}
