import { h } from './preact.js';
import { useBounded } from './bounded.js';
import { Copyable } from './copy.js';
import { startDraft } from './draft.js';
import { IntentLink, IntentLinks, Listing, PolicyLink, PolicyLinks, WorkloadName, namespaceOf } from './names.js';
import { go, links } from './router.js';
import { State } from './state.js';
import { Table } from './table.js';

function verdictOf({ allowed, cases }) {
  if (allowed) {
    return ['good', '✓', 'Allowed'];
  }
  return cases.some((one) => one.allowed) ? ['wait', '!', 'Allowed for some pods only'] : ['bad', '✕', 'Denied'];
}

function Verdict({ explanation }) {
  const [tone, mark, text] = verdictOf(explanation);
  const { source, destination, port, protocol } = explanation;
  return h('p', { class: `verdict ${tone}`, role: 'status', 'data-test': 'explain-verdict', 'data-allowed': String(explanation.allowed) },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, mark), h('b', null, text), ' ',
    h('span', null, h(WorkloadName, { name: source }), ' to ', h(WorkloadName, { name: destination }), ` on ${port}/${protocol}`));
}

function Reason({ half, direction }) {
  switch (half.decision) {
    case 'NotIsolated':
      return 'No policy selects this end in this direction: everything is allowed.';
    case 'ToItself':
      return 'A pod always reaches itself.';
    case 'AllowedBy':
      return ['By ', h(PolicyLink, { name: half.policy }), `, rule ${direction}[${half.rule}]`,
        half.peer === undefined ? ', which means everybody' : `.${direction === 'egress' ? 'to' : 'from'}[${half.peer}]`,
        '. Intents behind it: ',
        h(IntentLinks, { names: half.intents || [] }), '.'];
    default:
      return ['No rule allows it. Policies that select this end: ',
        h(PolicyLinks, { names: half.isolatedBy || [] }), '.'];
  }
}

function Half({ title, half, direction, heading }) {
  return h('section', { class: 'half', 'data-test': `explain-${direction}`, 'data-decision': half.decision },
    h(heading, null, title, ' ', h('span', { class: `badge ${half.allowed ? 'good' : 'bad'}` },
      h('span', { class: 'mark', 'aria-hidden': 'true' }, half.allowed ? '✓' : '✕'), half.allowed ? 'Allowed' : 'Denied')),
    h('p', null, h(Reason, { half, direction })),
    (half.nearMisses || []).length > 0 && h('p', null, 'These rules mean the other end, but on other ports: ',
      h(Listing, { items: half.nearMisses, render: ({ policy, rule, ports }) =>
        [h(PolicyLink, { name: policy }), ` ${direction}[${rule}] on ${ports}`] })));
}

const GATES = { NotIsolated: ['calm', '○', 'no policy'], ToItself: ['good', '✓', 'itself'] };

function Gate({ half, text }) {
  const [tone, mark, said] = half.allowed ? GATES[half.decision] || ['good', '✓', 'allowed'] : ['bad', '✕', 'denied'];
  return h('span', { class: `gate ${tone}` }, h('b', null, text), h('span', null, `${mark} ${said}`));
}

function Stop({ name }) {
  const plain = name.replace(/\[[A-Za-z]+\]$/, '');
  const namespace = namespaceOf(plain);
  return h('span', { class: 'stop' }, h('b', null, namespace ? plain.slice(namespace.length + 1) : plain), h('span', null, namespace || 'outside'));
}

const Leg = ({ open }) => h('span', { class: open ? 'leg' : 'leg shut' });

// The connection with its two gates at one glance; what stands below says the same in words.
function Way({ one: { egress, ingress }, ends: { source, destination } }) {
  const gets = egress.allowed && ingress.allowed;
  return h('div', { class: gets ? 'way' : 'way shut', 'aria-hidden': 'true', 'data-test': 'explain-way' },
    h(Stop, { name: source }), h(Leg, { open: true }), h(Gate, { half: egress, text: 'Leaving' }),
    h(Leg, { open: egress.allowed }), h(Gate, { half: ingress, text: 'Entering' }), h(Leg, { open: gets }), h(Stop, { name: destination }));
}

function Case({ one, ends }) {
  const several = ends === one;
  const heading = several ? 'h3' : 'h2';
  return h('section', { class: 'case', 'data-test': 'explain-case' },
    several && h('h2', null, `${one.source} to ${one.destination} on ${one.port}: ${one.allowed ? 'allowed' : 'denied'}`),
    h(Way, { one, ends }),
    h('div', { class: 'halves' },
      h(Half, { title: 'Leaving the source (egress)', half: one.egress, direction: 'egress', heading }),
      h(Half, { title: 'Entering the destination (ingress)', half: one.ingress, direction: 'ingress', heading })),
    one.rules.length > 0 && h(Table, {
      caption: 'Rules that cover this connection', rows: one.rules, keyOf: ({ intent, rule }) => `${intent} ${rule}`,
      columns: [
        { title: 'Intent', heading: true, cell: ({ intent }) => h(IntentLink, { name: intent }) },
        { title: 'Rule', cell: ({ rule }) => rule },
        { title: 'State', cell: ({ state }) => h(State, { state }) },
        { title: 'What it means', cell: ({ message }) => message },
      ],
    }),
    one.remarks.length > 0 && h('ul', { class: 'remarks', 'aria-label': 'Remarks' },
      one.remarks.map(({ code, text }) => h('li', { key: code }, text, ' ', h('code', null, code)))));
}

function Change({ change, namespace }) {
  const yaml = change.map((document) => document.trimEnd()).join('\n---\n') + '\n';
  const attempt = () => {
    startDraft(yaml);
    go(links.whatIf({ namespace }));
  };
  return h('section', { 'aria-labelledby': 'change' },
    h('h2', { id: 'change' }, 'What would open it'),
    h(Copyable, { label: change.length === 1 ? 'An intent' : `${change.length} intents`, text: yaml, test: 'explain-change' },
      h('button', { type: 'button', onClick: attempt, 'data-test': 'try-change' }, 'Try it in What if')));
}

const FIRST = 20;

export function Explanation({ explanation }) {
  const { source, destination, cases, change, hint, caveats = [] } = explanation;
  const [shown, more] = useBounded(cases, FIRST);
  return [
    h(Verdict, { explanation }),
    caveats.map(({ code, namespace, text }) => h('p', { key: `${code} ${text}`, class: 'warning', 'data-test': 'explain-caveat' },
      `${namespace}: ${text}`)),
    shown.map((one) => h(Case, { key: `${one.source} ${one.destination} ${one.port}`, one, ends: cases.length > 1 ? one : explanation })),
    more,
    change && change.length > 0 && h(Change, { change, namespace: namespaceOf(source) || namespaceOf(destination) }),
    hint && h('p', { class: 'hint', 'data-test': 'explain-hint' }, hint),
  ];
}
