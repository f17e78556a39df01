import { h } from './preact.js';
import { useBounded } from './bounded.js';
import { IntentLinks, PolicyLink, WorkloadName, plural } from './names.js';
import { PlanPicture } from './plan-picture.js';
import { portsInWords } from './ports.js';
import { Meaning, State } from './state.js';
import { Table } from './table.js';

function summary({ policies, connections }) {
  const { created, changed, deleted } = policies;
  const written = [[created, 'created'], [changed, 'changed'], [deleted, 'deleted']]
    .filter(([names]) => names.length).map(([names, verb]) => `${plural(names.length, 'policy', 'policies')} ${verb}`);
  const moved = `${plural(connections.gained.length, 'connection')} gained, ${connections.lost.length} lost`;
  return `${moved}; ${written.join(', ') || 'no policy changed'}.`;
}

function Connections({ caption, rows, test }) {
  return h(Table, {
    caption, rows, test, keyOf: ({ src, dst, conn }) => `${src} ${dst} ${conn}`, empty: `${caption}: none.`,
    columns: [
      { title: 'From', heading: true, cell: ({ src }) => h(WorkloadName, { name: src }) },
      { title: 'To', cell: ({ dst }) => h(WorkloadName, { name: dst }) },
      { title: 'Ports', cell: ({ conn }) => portsInWords(conn) },
      { title: 'Intents', cell: ({ intents }) => h(IntentLinks, { names: intents }) },
    ],
  });
}

function Rules({ caption, rules, test }) {
  return h(Table, {
    caption, rows: rules, test, keyOf: ({ intent, rule }) => `${intent} ${rule}`,
    dataOf: ({ state }) => ({ 'data-test': 'rule', 'data-state': state }),
    columns: [
      { title: 'Intent', heading: true, by: ({ intent }) => intent, cell: ({ intent, rule }) => `${intent} ${rule}` },
      { title: 'State', by: ({ state }) => state, cell: ({ state, idle }) => h(State, { state, idle }) },
      { title: 'Peer', cell: ({ peer }) => peer },
      { title: 'What it means', cell: ({ message, idle }) => h(Meaning, { message, idle }) },
    ],
  });
}

function Names({ title, items, render }) {
  const [shown, more] = useBounded(items, FIRST);
  return items.length > 0 && h('section', null, h('h2', null, `${title} (${items.length})`),
    h('ul', { class: 'names' }, shown.map((item, index) => h('li', { key: index }, render(item)))),
    more);
}

const FIRST = 100;

const policyLink = (name) => h(PolicyLink, { name });

export function Plan({ plan }) {
  const { policies, connections, isolated, held, rules = [] } = plan;
  const changed = rules.filter((rule) => rule.changed);
  return h('div', { 'data-test': 'what-if-result' },
    h('p', { class: 'verdict', role: 'status', 'data-test': 'what-if-summary' }, h('b', null, summary(plan))),
    held.length > 0 && h('div', { class: 'warning' },
      h(Names, { title: 'Held: nothing in these may change now', items: held, render: (text) => text })),
    h(PlanPicture, { plan }),
    h(Connections, { caption: 'Connections gained', rows: connections.gained, test: 'what-if-gained' }),
    h(Connections, { caption: 'Connections lost', rows: connections.lost, test: 'what-if-lost' }),
    changed.length > 0 && h(Rules, { caption: 'Rules that change', rules: changed, test: 'what-if-rules' }),
    rules.length > changed.length && h('details', { 'data-test': 'what-if-unchanged' },
      h('summary', null, `${plural(rules.length - changed.length, 'other rule')}, without a change`),
      h(Rules, { caption: 'Rules that stay as they are', rules: rules.filter((rule) => !rule.changed), test: 'what-if-others' })),
    h(Names, { title: 'Workloads that policies select for the first time', items: isolated,
      render: ({ workload, direction }) => `${workload}, ${direction}` }),
    h(Names, { title: 'Policies created', items: policies.created, render: (name) => name }),
    h(Names, { title: 'Policies changed', items: policies.changed, render: policyLink }),
    h(Names, { title: 'Policies deleted', items: policies.deleted, render: policyLink }),
    h(Names, { title: 'Policies by others taken over', items: policies.adopted,
      render: ({ policy, by }) => [policyLink(policy), ' by ', by] }),
    h(Names, { title: 'Policies by others that stay', items: policies.notAdopted,
      render: ({ policy, reason }) => [policyLink(policy), `: ${reason}`] }));
}
