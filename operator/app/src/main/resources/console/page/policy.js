import { h } from './preact.js';
import { Copyable } from './copy.js';
import { Facts } from './facts.js';
import { IntentLinks, NamespaceLink } from './names.js';
import { useNamespace } from './namespace-resource.js';
import { Answer, Interactive, Page, Trouble } from './page.js';
import { links } from './router.js';
import { Table } from './table.js';

const peersOf = ({ peers }) => (peers.length ? peers.join(', ') : 'everybody');

export function WrittenBy({ policy }) {
  return policy.managed ? 'Bulkhead' : h('b', { class: 'other' }, policy.writer ? `Other: ${policy.writer}` : 'Somebody else');
}

function Behind({ rule, namespace }) {
  return h(IntentLinks, { names: rule.intents, none: 'no intent', namespace });
}

export function PolicyRule({ rule, namespace }) {
  return [rule.rule.startsWith('egress') ? 'to ' : 'from ', h('span', { class: 'end' }, peersOf(rule)), ` on ${rule.ports}: `,
    h(Behind, { rule, namespace })];
}

function Policy({ policy, namespace }) {
  return [
    h(Facts, { facts: [
      ['Namespace', h(NamespaceLink, { name: namespace })],
      ['Written by', h(WrittenBy, { policy })],
      ['Selects', policy.selects],
      ['Directions', policy.directions.join(', ')],
    ] }),
    h(Table, {
      caption: 'Rules', test: 'rules', rows: policy.rules, keyOf: (rule) => rule.rule, empty: 'It has no rules: it allows nothing.',
      columns: [
        { title: 'Rule', heading: true, cell: ({ rule }) => rule },
        { title: 'Peers', cell: peersOf },
        { title: 'Ports', cell: ({ ports }) => ports },
        { title: 'Intents behind it', cell: (rule) => h(Behind, { rule, namespace }) },
      ],
    }),
    h(Copyable, { label: 'As it is in the cluster', text: policy.yaml, test: 'yaml' }),
    h(Interactive, { view: `policy ${namespace}/${policy.name}` }),
  ];
}

export function PolicyPage({ route }) {
  const { namespace, name } = route;
  const resource = useNamespace(namespace);
  return h(Page, { title: `Policy ${namespace}/${name}`, trail: [[namespace, links.namespace(namespace)]] },
    h(Answer, { resource, missing: 'You may see no such namespace' }, (data) => {
      const policy = data.policies.find((candidate) => candidate.name === name);
      return policy
        ? h(Policy, { policy, namespace })
        : h(Trouble, { problem: { status: 404, detail: `The namespace ${namespace} holds no such policy.` },
          tryAgain: resource.tryAgain, missing: 'No such policy' });
    }));
}
