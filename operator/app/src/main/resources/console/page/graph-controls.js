import { h } from './preact.js';
import { KINDS, KIND_TEXTS, Sample } from './edge-kind.js';
import { useField } from './field.js';

const NODES = { segment: 'segment', namespace: 'namespace', workload: 'workload' };
const VIEWS = { picture: 'Picture', table: 'Table' };

function Choice({ label, value, options, onChoose, test }) {
  return h('label', null, label,
    h('select', { value, onChange: (event) => onChoose(event.target.value), 'data-test': test },
      Object.entries(options).map(([key, text]) => h('option', { key, value: key }, text))));
}

// Letters in a filter that is sent to the server count when the field is left or Enter is pressed.
function Namespaces({ value, onChoose }) {
  const input = useField(value);
  const choose = () => onChoose(input.current.value.split(/[\s,]+/).filter(Boolean).join(','));
  return h('label', { class: 'grow' }, 'Namespaces',
    h('input', { ref: input, type: 'text', placeholder: 'all, or names with commas', onChange: choose, spellcheck: false,
      'data-test': 'graph-namespaces' }));
}

function Kinds({ show, onChoose }) {
  const toggle = (kind, wanted) => onChoose(KINDS.filter((other) => (other === kind ? wanted : show.includes(other))));
  return h('fieldset', { class: 'kinds' }, h('legend', null, 'Show'),
    KINDS.map((kind) => h('label', { key: kind },
      h('input', { type: 'checkbox', checked: show.includes(kind), 'data-test': `show-${kind}`,
        onChange: (event) => toggle(kind, event.target.checked) }),
      h(Sample, { kind }), KIND_TEXTS[kind])));
}

export function GraphControls({ settings, change, search, setSearch }) {
  return h('form', { class: 'controls', 'aria-label': 'What the graph shows', onSubmit: (event) => event.preventDefault() },
    h('div', { class: 'row' },
      h(Choice, { label: 'A node is a', value: settings.by, test: 'graph-by', options: NODES,
        onChoose: (by) => change({ by, focus: null }) }),
      h(Choice, { label: 'As a', value: settings.view, test: 'graph-view', options: VIEWS, onChoose: (view) => change({ view }) }),
      h(Namespaces, { value: settings.namespaces, onChoose: (namespaces) => change({ namespaces }) }),
      h('label', { class: 'grow' }, 'Search',
        h('input', { type: 'search', value: search, placeholder: 'part of a name', 'data-test': 'graph-search',
          onInput: (event) => setSearch(event.target.value) }))),
    h(Kinds, { show: settings.show, onChoose: (show) => change({ show }) }));
}
