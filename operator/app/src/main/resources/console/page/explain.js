import { h, useEffect, useRef, useState } from './preact.js';
import { explain } from './api.js';
import { KINDS, KindLabel } from './edge-kind.js';
import { Explanation } from './explanation.js';
import { useField } from './field.js';
import { questionOf } from './graph-model.js';
import { EndField, KnownPorts, KnownWorkloads, Wrong, useKnown, wrongField } from './known-workloads.js';
import { namespaceOf } from './names.js';
import { Answer, Interactive, Page } from './page.js';
import { useResource } from './resource.js';
import { go, links } from './router.js';

const HELP = 'ns/Kind/name, ns/pod or an address';

// One connection of each kind that there is, between workloads if there is one; what is out of the ordinary first.
function Examples({ known }) {
  const found = known ? [...KINDS].reverse().flatMap((kind) => known.edges.filter((edge) => edge.kind === kind)
    .sort((one, other) => Boolean(one.example) - Boolean(other.example))
    .map((edge) => ({ kind, question: questionOf(edge) })).filter(({ question }) => question?.port).slice(0, 1)) : [];
  return found.length > 0 && h('section', { 'aria-labelledby': 'examples', class: 'case', 'data-test': 'explain-examples' },
    h('h2', { id: 'examples' }, 'For example'),
    h('ul', { class: 'plain' }, found.map(({ kind, question }) => h('li', { key: kind },
      h('a', { href: links.explain(question) }, `${question.from} to ${question.to} on ${question.port}`), ' ', h(KindLabel, { kind })))));
}

function Question({ from, to, port, problem, known }) {
  const form = useRef();
  const [end, setEnd] = useState(to);
  useEffect(() => setEnd(to), [to]);
  const asked = () => Object.fromEntries([...new FormData(form.current)].map(([name, value]) => [name, value.trim()]));
  const submit = (event) => {
    event.preventDefault();
    go(links.explain(asked()));
  };
  const swap = () => {
    const ends = asked();
    go(links.explain({ ...ends, from: ends.to, to: ends.from }));
  };
  return h('form', { ref: form, class: 'controls row', onSubmit: submit, onInput: () => setEnd(asked().to), 'aria-label': 'Which connection' },
    h(EndField, { label: 'From', name: 'from', value: from, list: 'workloads', test: 'explain-from', help: HELP, problem }),
    h('button', { type: 'button', onClick: swap, 'aria-label': 'Swap the ends', class: 'swap' }, '⇄'),
    h(EndField, { label: 'To', name: 'to', value: to, list: 'workloads', test: 'explain-to', help: HELP, problem }),
    h('label', null, 'Port',
      h('input', { ref: useField(port), name: 'port', type: 'text', required: true, maxLength: 32, size: 12,
        placeholder: '8443/TCP', list: 'ports', autocomplete: 'off', spellcheck: false, 'data-test': 'explain-port',
        ...wrongField('port', problem) }),
      h(Wrong, { name: 'port', problem })),
    h('button', { type: 'submit', class: 'main', 'data-test': 'explain-submit' }, 'Explain'),
    h(KnownWorkloads, { id: 'workloads', known }), h(KnownPorts, { id: 'ports', known, to: end }));
}

export function ExplainPage({ route }) {
  const { from = '', to = '', port = '' } = route.query;
  const complete = from && to && port;
  const known = useKnown();
  const namespaces = [from, to].map(namespaceOf).filter(Boolean);
  const resource = useResource(complete ? `explain ${from} ${to} ${port}` : null,
    (options) => explain({ from, to, port }, options), namespaces);
  return h(Page, { title: 'Explain a connection' },
    h(Question, { from, to, port, known, problem: resource.problem }),
    complete
      ? h(Answer, { resource, missing: 'You may see no such workload' }, (data) => [
        h(Explanation, { explanation: data }),
        h(Interactive, { view: `explain ${from} ${to} ${port}` }),
      ])
      : [
        h('p', { class: 'faint' }, 'Fill in both ends and a port, or choose them in the ',
          h('a', { href: links.graph({ by: 'workload' }) }, 'graph'), '.'),
        h(Examples, { known }),
        h(Interactive, { view: 'explain' }),
      ]);
}
