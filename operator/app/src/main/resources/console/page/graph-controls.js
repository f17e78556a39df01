import { h } from './preact.js';
import { KINDS, KIND_TEXTS, Sample } from './edge-kind.js';
import { useField } from './field.js';

const LEVELS = { '': 'as fits', segment: 'segments', namespace: 'namespaces', workload: 'workloads' };
const VIEWS = { picture: 'picture', table: 'table' };

function Choice({ label, value, options, onChoose, test }) {
  return h('label', null, label,
    h('select', { value, onChange: (event) => onChoose(event.target.value), 'data-test': test },
      Object.entries(options).map(([key, text]) => h('option', { key, value: key }, text))));
}

// Letters in a filter that is sent to the server count when the field is left or Enter is pressed.
function Namespaces({ value, onChoose, known }) {
  const input = useField(value);
  const choose = () => onChoose(input.current.value.split(/[\s,]+/).filter(Boolean).join(','));
  return h('label', { class: 'grow' }, 'Namespaces',
    h('input', { ref: input, type: 'text', placeholder: 'all, or names with commas', onChange: choose, spellcheck: false,
      list: 'graph-known-namespaces', autocomplete: 'off', 'data-test': 'graph-namespaces' }),
    h('datalist', { id: 'graph-known-namespaces' }, known.map((name) => h('option', { key: name, value: name }))));
}

function Dns({ dns: { count, drawn }, onChoose }) {
  return count > 0 && h('label', null,
    h('input', { type: 'checkbox', checked: drawn, 'data-test': 'show-dns', onChange: (event) => onChoose(event.target.checked ? 'show' : 'hide') }),
    `To the cluster’s DNS (${count})`);
}

function Kinds({ show, onChoose, children }) {
  const toggle = (kind, wanted) => onChoose(KINDS.filter((other) => (other === kind ? wanted : show.includes(other))));
  return h('fieldset', { class: 'kinds' }, h('legend', null, 'Show'),
    KINDS.map((kind) => h('label', { key: kind },
      h('input', { type: 'checkbox', checked: show.includes(kind), 'data-test': `show-${kind}`,
        onChange: (event) => toggle(kind, event.target.checked) }),
      h(Sample, { kind }), KIND_TEXTS[kind])), children);
}

export function GraphControls({ settings, change, search, setSearch, namespaces, dns }) {
  return h('form', { class: 'controls', 'aria-label': 'What the graph shows', onSubmit: (event) => event.preventDefault() },
    h('div', { class: 'row' },
      h(Choice, { label: 'Level', value: settings.by, test: 'graph-by', options: LEVELS,
        onChoose: (by) => change({ by, opened: [], closed: [] }) }),
      h(Choice, { label: 'View', value: settings.view, test: 'graph-view', options: VIEWS, onChoose: (view) => change({ view }) }),
      h(Namespaces, { value: settings.namespaces, known: namespaces, onChoose: (chosen) => change({ namespaces: chosen }) }),
      h('label', { class: 'grow' }, 'Search',
        h('input', { type: 'search', value: search, placeholder: 'part of a name', 'data-test': 'graph-search',
          onInput: (event) => setSearch(event.target.value) }))),
    h(Kinds, { show: settings.show, onChoose: (show) => change({ show }) },
      settings.view === 'picture' && h(Dns, { dns, onChoose: (chosen) => change({ dns: chosen }) })));
}
