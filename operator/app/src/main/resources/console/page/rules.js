import { h } from './preact.js';
import { rules } from './api.js';
import { IntentLink, NamespaceLink, plural } from './names.js';
import { Answer, Interactive, Page } from './page.js';
import { useResource } from './resource.js';
import { links, replace } from './router.js';
import { Meaning, STATE_NAMES, State } from './state.js';
import { Table } from './table.js';

function Filter({ state }) {
  const choose = (chosen) => replace(links.rules({ state: chosen }));
  return h('form', { class: 'controls row', 'aria-label': 'Which rules', onSubmit: (event) => event.preventDefault() },
    h('label', null, 'State',
      h('select', { value: state, 'data-test': 'rules-state', onChange: (event) => choose(event.target.value) },
        h('option', { value: '' }, 'any'),
        Object.entries(STATE_NAMES).map(([name, label]) => h('option', { key: name, value: name }, label)))));
}

function Rules({ data: { rules: found, more } }) {
  return h(Table, {
    caption: 'Rules', test: 'all-rules', rows: found, keyOf: ({ namespace, intent, rule }) => `${namespace}/${intent} ${rule}`,
    empty: 'There is no such rule in the namespaces that you see.',
    dataOf: ({ state, namespace }) => ({ 'data-test': 'rule', 'data-state': state, 'data-namespace': namespace }),
    columns: [
      { title: 'Namespace', by: ({ namespace }) => namespace, cell: ({ namespace }) => h(NamespaceLink, { name: namespace }) },
      { title: 'Intent', heading: true, by: ({ intent }) => intent, cell: ({ namespace, intent, rule }) =>
        [h(IntentLink, { name: intent, namespace }), h('span', { class: 'faint' }, ` ${rule}`)] },
      { title: 'State', by: ({ state }) => state, cell: ({ state, idle }) => h(State, { state, idle }) },
      { title: 'Peer', by: ({ peer }) => peer, cell: ({ peer, direction }) => `${direction === 'Egress' ? 'to' : 'from'} ${peer}` },
      { title: 'Ports', cell: ({ ports }) => ports },
      { title: 'What it means', cell: ({ message, idle }) => h(Meaning, { message, idle }) },
    ],
  });
}

// All rules of all intents, by state.
export function RulesPage({ route }) {
  const state = route.query.state in STATE_NAMES ? route.query.state : '';
  const resource = useResource(`rules ${state}`, (options) => rules({ state }, options));
  return h(Page, { title: 'Rules' },
    h(Filter, { state }),
    h(Answer, { resource, missing: 'You may see no namespace' }, (data) => [
      data.more > 0 && h('p', { class: 'hint', 'data-test': 'rules-more' },
        `These are the first ${plural(data.rules.length, 'rule')}; there are ${data.more} more. Choose a state to see fewer.`),
      h(Rules, { data }),
      h(Interactive, { view: `rules ${state}` }),
    ]));
}
