import { h } from './preact.js';
import { Copyable } from './copy.js';
import { startDraft } from './draft.js';
import { Facts } from './facts.js';
import { NamespaceLink, PolicyLinks } from './names.js';
import { useNamespace } from './namespace-resource.js';
import { Answer, Interactive, Page, Trouble } from './page.js';
import { go, links } from './router.js';
import { Meaning, State } from './state.js';
import { Table } from './table.js';

function Intent({ intent, namespace }) {
  const edit = () => {
    startDraft(intent.yaml);
    go(links.whatIf({ namespace }));
  };
  return [
    h(Facts, { facts: [
      ['Description', intent.description],
      ['Namespace', h(NamespaceLink, { name: namespace })],
      ['Speaks for', intent.workload],
      ['Identity', intent.identity],
      ['Carried by', h(PolicyLinks, { names: intent.policies, none: 'no policy', namespace })],
    ] }),
    intent.rejected && h('p', { class: 'warning', 'data-test': 'rejected' },
      `Its latest version cannot be read, so an earlier one stays in force: ${intent.rejected}`),
    h(Table, {
      caption: 'Rules', test: 'rules', rows: intent.rules, keyOf: (rule) => rule.rule, empty: 'It has no rules.',
      dataOf: (rule) => ({ 'data-test': 'rule', 'data-rule': rule.rule, 'data-state': rule.state }),
      columns: [
        { title: 'Rule', heading: true, cell: ({ rule }) => rule },
        { title: 'State', cell: ({ state, idle }) => h(State, { state, idle }) },
        { title: 'Peer', cell: ({ peer, direction }) => `${direction === 'Egress' ? 'to' : 'from'} ${peer}` },
        { title: 'Ports', cell: ({ ports }) => ports },
        { title: 'Reason', cell: ({ reason }) => reason },
        { title: 'What it means', cell: ({ message, idle }) => h(Meaning, { message, idle }) },
      ],
    }),
    intent.yaml && h('section', { 'aria-labelledby': 'yaml' },
      h('h2', { id: 'yaml' }, 'As it could be written'),
      h(Copyable, { label: 'YAML', text: intent.yaml, test: 'intent-yaml' },
        h('button', { type: 'button', onClick: edit, 'data-test': 'edit-intent' }, 'Edit it in What if'))),
    h(Interactive, { view: `intent ${namespace}/${intent.name}` }),
  ];
}

export function IntentPage({ route }) {
  const { namespace, name } = route;
  const resource = useNamespace(namespace);
  return h(Page, { title: `Intent ${namespace}/${name}`, trail: [[namespace, links.namespace(namespace)]],
    actions: h('a', { href: links.graph({ focus: `namespace:${namespace}` }) }, 'Show in graph') },
    h(Answer, { resource, missing: 'You may see no such namespace' }, (data) => {
      const intent = data.intents.find((candidate) => candidate.name === name);
      return intent
        ? h(Intent, { intent, namespace })
        : h(Trouble, { problem: { status: 404, detail: `The namespace ${namespace} holds no such intent.` },
          tryAgain: resource.tryAgain, missing: 'No such intent' });
    }));
}
