import { h } from './preact.js';
import { useBounded } from './bounded.js';
import { Copyable } from './copy.js';
import { startDraft } from './draft.js';
import { Facts } from './facts.js';
import { IntentLink, Listing, PolicyLink, PolicyLinks, SegmentLink } from './names.js';
import { useNamespace } from './namespace-resource.js';
import { Answer, Interactive, Page } from './page.js';
import { PolicyRule, WrittenBy } from './policy.js';
import { go, links } from './router.js';
import { Enforced, State } from './state.js';
import { Table } from './table.js';

const FIRST_WISHES = 20;

function WorkloadNotes({ workload }) {
  const notes = [];
  if (workload.hostNetwork) {
    notes.push('uses the host’s network: no policy holds it');
  }
  if (workload.unstamped) {
    notes.push(`${workload.unstamped} of its pods without an identity from the API server`);
  }
  return h(Listing, { items: notes, none: '', render: (note) => note });
}

function Workloads({ name, workloads }) {
  return h(Table, {
    caption: 'Workloads', test: 'workloads', rows: workloads, keyOf: ({ id }) => id, empty: 'No workload runs here.',
    dataOf: ({ id }) => ({ 'data-test': 'workload-row', 'data-id': id }),
    columns: [
      { title: 'Workload', heading: true, cell: (workload) =>
        h('a', { href: links.graph({ by: 'workload', namespaces: name, focus: workload.id }) }, workload.name) },
      { title: 'Kind', cell: ({ kind }) => kind },
      { title: 'Pods', number: true, cell: ({ pods }) => pods },
      { title: 'Service accounts', cell: ({ serviceAccounts }) => serviceAccounts.join(', ') },
      { title: 'Named ports', cell: ({ ports = [] }) => ports.join(', ') },
      { title: 'Notes', cell: (workload) => h(WorkloadNotes, { workload }) },
      { title: 'Ask', cell: ({ id }) => h('span', { class: 'links' },
        h('a', { href: links.explain({ from: id }), 'aria-label': `Explain from ${id}` }, 'Explain from'),
        h('a', { href: links.explain({ to: id }), 'aria-label': `Explain to ${id}` }, 'Explain to'),
        h('a', { href: links.whoCanReach({ workload: id }), 'aria-label': `Who can reach ${id}` }, 'Who can reach')) },
    ],
  });
}

function IntentRule({ rule }) {
  return h('li', { 'data-test': 'rule', 'data-rule': rule.rule, 'data-state': rule.state },
    h(State, { state: rule.state, idle: rule.idle }), rule.direction === 'Egress' ? ' to ' : ' from ',
    h('span', { class: 'end' }, rule.peer), ` on ${rule.ports}`);
}

function Intents({ name, intents }) {
  return h(Table, {
    caption: 'Intents', test: 'intents', rows: intents, keyOf: (intent) => intent.name,
    empty: 'Nobody has declared anything here.',
    dataOf: (intent) => ({ 'data-test': 'intent-row', 'data-name': intent.name }),
    columns: [
      { title: 'Intent', heading: true, cell: (intent) => h(IntentLink, { name: intent.name, namespace: name }) },
      { title: 'Speaks for', cell: ({ workload, identity, rejected }) => [
        workload, identity && h('span', { class: 'faint' }, ` ${identity.toLowerCase()}`),
        rejected && h('div', { class: 'warning' }, `Rejected: ${rejected}`)] },
      { title: 'Rules and their states', cell: ({ rules }) =>
        h('ul', { class: 'plain' }, rules.map((rule) => h(IntentRule, { key: rule.rule, rule }))) },
      { title: 'Carried by', cell: ({ policies }) =>
        h(PolicyLinks, { names: policies, none: 'no policy', namespace: name }) },
    ],
  });
}

function Wish({ wish, namespace }) {
  const edit = () => {
    startDraft(wish.yaml);
    go(links.whatIf({ namespace }));
  };
  const what = wish.direction === 'Ingress' ? 'asks to call' : 'offers to serve';
  return h('li', { 'data-test': 'wish', 'data-intent': wish.intent },
    h('details', null,
      h('summary', null, `${wish.intent} ${what} ${wish.workload}${wish.ports && ` on ${wish.ports}`}`,
        wish.reason && `: ${wish.reason}`),
      h(Copyable, { label: 'The intent that would be the answer', text: wish.yaml, test: 'wish-yaml' },
        h('button', { type: 'button', onClick: edit, 'data-test': 'try-wish' }, 'Try it in What if'))));
}

// What other teams wait for; whether they get it is for the team of this namespace to decide.
function Inbox({ wishes, namespace }) {
  const [shown, more] = useBounded(wishes, FIRST_WISHES);
  return wishes.length > 0 && h('section', { 'aria-labelledby': 'inbox', class: 'attention' },
    h('h2', { id: 'inbox' }, `Others wait for this namespace (${wishes.length})`),
    h('ul', { class: 'plain', 'data-test': 'inbox' },
      shown.map((wish) => h(Wish, { key: `${wish.intent} ${wish.rule}`, wish, namespace }))),
    more);
}

function Policies({ name, policies }) {
  return h(Table, {
    caption: 'Policies', test: 'policies', rows: policies, keyOf: (policy) => policy.name, empty: 'No network policy is here.',
    dataOf: (policy) => ({ 'data-test': 'policy-row', 'data-name': policy.name }),
    columns: [
      { title: 'Policy', heading: true, cell: (policy) => h(PolicyLink, { name: policy.name, namespace: name }) },
      { title: 'Written by', cell: (policy) => h(WrittenBy, { policy }) },
      { title: 'Selects', cell: ({ selects }) => h('span', { class: 'end' }, selects) },
      { title: 'Directions', cell: ({ directions }) => directions.join(', ') },
      { title: 'Rules and the intents behind them', cell: ({ rules }) => rules.length
        ? h('ul', { class: 'plain' }, rules.map((rule) => h('li', { key: rule.rule }, h(PolicyRule, { rule, namespace: name }))))
        : h('span', { class: 'faint' }, 'allows nothing') },
    ],
  });
}

export function NamespacePage({ route }) {
  const name = route.namespace;
  const resource = useNamespace(name);
  return h(Page, {
    title: `Namespace ${name}`, trail: [],
    actions: [
      h('a', { href: links.graph({ by: 'workload', namespaces: name }) }, 'Graph'),
      h('a', { href: links.whatIf({ namespace: name }) }, 'What if'),
    ],
  }, h(Answer, { resource, missing: 'You may see no such namespace' }, (data) => [
    h(Facts, { facts: [
      ['Segment', h(SegmentLink, { name: data.segment })],
      ['Enforced', h(Enforced, { directions: data.enforced, segment: data.segment, claimedBy: data.claimedBy })],
    ] }),
    data.held && h('p', { class: 'warning', 'data-test': 'held' }, `Nothing in this namespace changes for now: ${data.held}`),
    h(Inbox, { wishes: data.inbox, namespace: name }),
    h(Intents, { name, intents: data.intents }),
    h(Workloads, { name, workloads: data.workloads }),
    h(Policies, { name, policies: data.policies }),
    h(Interactive, { view: `namespace ${name}` }),
  ]));
}
