import { h, useEffect, useRef, useState } from './preact.js';
import { graph, overview } from './api.js';
import { namespaceOf } from './names.js';
import { go, links } from './router.js';

const MOST = 30;

const PAGES = [
  ['Overview', links.overview()], ['Platform', links.platform()], ['Rules', links.rules()], ['Graph', links.graph()], ['Explain', links.explain()],
  ['Who can reach', links.whoCanReach()], ['What if', links.whatIf()],
].map(([name, link]) => ({ kind: 'Page', name, link }));

// What there is by name, as far as whoever asks may see it. Without an answer there are the pages at least.
async function known() {
  const [all, workloads] = await Promise.allSettled([overview({}), graph({ by: 'workload' }, {})]);
  const { segments = [], namespaces = [] } = all.value || {};
  const { nodes = [] } = workloads.value || {};
  return [
    ...PAGES,
    ...segments.map(({ name }) => ({ kind: 'Segment', name, link: links.segment(name) })),
    ...namespaces.map(({ name }) => ({ kind: 'Namespace', name, link: links.namespace(name) })),
    ...nodes.filter(({ type }) => type === 'Workload').map(({ id }) => ({ kind: 'Workload', name: id,
      link: links.graph({ by: 'workload', namespaces: namespaceOf(id), focus: id }) })),
  ];
}

function Results({ results, onChoose }) {
  return h('ul', { class: 'plain results', 'data-test': 'search-results' }, results.map(({ kind, name, link }) =>
    h('li', { key: link }, h('a', { href: link, onClick: onChoose, 'data-test': 'search-result' },
      h('span', { class: 'faint' }, `${kind} `), name))));
}

// From wherever the focus is, arrows go through the field and the results.
function move(event, dialog) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const stops = [...dialog.querySelectorAll('input, .results a')];
    stops[Math.max(0, Math.min(stops.length - 1, stops.indexOf(document.activeElement) + step))].focus();
  }
}

// Opens with Ctrl-K or Cmd-K, and by a button for whoever has neither.
export function Search() {
  const dialog = useRef();
  const [text, setText] = useState('');
  const [all, setAll] = useState(PAGES);
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const results = all.filter(({ kind, name }) => words.every((word) => `${kind} ${name}`.toLowerCase().includes(word))).slice(0, MOST);

  const open = () => {
    setText('');
    dialog.current.showModal();
    known().then(setAll);
  };
  const close = () => dialog.current.close();
  const submit = (event) => {
    event.preventDefault();
    if (results.length) {
      close();
      go(results[0].link);
    }
  };
  useEffect(() => {
    const pressed = (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 'k') {
        event.preventDefault();
        if (!dialog.current.open) {
          open();
        }
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);

  return [
    h('button', { type: 'button', class: 'quiet', onClick: open, 'aria-keyshortcuts': 'Control+K Meta+K', 'data-test': 'search' },
      'Search', h('kbd', { 'aria-hidden': 'true' }, 'Ctrl K')),
    h('dialog', { ref: dialog, class: 'search', 'aria-label': 'Search', onKeyDown: (event) => move(event, dialog.current) },
      h('form', { onSubmit: submit },
        h('input', { type: 'search', value: text, 'aria-label': 'Name of a page, segment, namespace or workload', placeholder: 'Name',
          spellcheck: false, autocomplete: 'off', 'data-test': 'search-text', onInput: (event) => setText(event.target.value) })),
      h('p', { role: 'status', class: 'faint' }, results.length ? '' : 'Nothing that you may see has such a name.'),
      h(Results, { results, onChoose: close })),
  ];
}
