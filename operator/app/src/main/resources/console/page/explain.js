import { h, useRef } from './preact.js';
import { explain } from './api.js';
import { Explanation } from './explanation.js';
import { useField } from './field.js';
import { EndField, KnownWorkloads, Wrong, wrongField } from './known-workloads.js';
import { namespaceOf } from './names.js';
import { Answer, Interactive, Page } from './page.js';
import { useResource } from './resource.js';
import { go, links } from './router.js';

const HELP = 'ns/Kind/name, ns/pod or an address';

function Question({ from, to, port, problem }) {
  const form = useRef();
  const asked = () => Object.fromEntries([...new FormData(form.current)].map(([name, value]) => [name, value.trim()]));
  const submit = (event) => {
    event.preventDefault();
    go(links.explain(asked()));
  };
  const swap = () => {
    const ends = asked();
    go(links.explain({ ...ends, from: ends.to, to: ends.from }));
  };
  return h('form', { ref: form, class: 'controls row', onSubmit: submit, 'aria-label': 'Which connection' },
    h(EndField, { label: 'From', name: 'from', value: from, list: 'workloads', test: 'explain-from', help: HELP, problem }),
    h('button', { type: 'button', onClick: swap, 'aria-label': 'Swap the ends', class: 'swap' }, '⇄'),
    h(EndField, { label: 'To', name: 'to', value: to, list: 'workloads', test: 'explain-to', help: HELP, problem }),
    h('label', null, 'Port',
      h('input', { ref: useField(port), name: 'port', type: 'text', required: true, maxLength: 32, size: 12,
        placeholder: '8443/TCP', spellcheck: false, 'data-test': 'explain-port',
        ...wrongField('port', problem) }),
      h(Wrong, { name: 'port', problem })),
    h('button', { type: 'submit', class: 'main', 'data-test': 'explain-submit' }, 'Explain'),
    h(KnownWorkloads, { id: 'workloads' }));
}

export function ExplainPage({ route }) {
  const { from = '', to = '', port = '' } = route.query;
  const complete = from && to && port;
  const namespaces = [from, to].map(namespaceOf).filter(Boolean);
  const resource = useResource(complete ? `explain ${from} ${to} ${port}` : null,
    (options) => explain({ from, to, port }, options), namespaces);
  return h(Page, { title: 'Explain a connection' },
    h(Question, { from, to, port, problem: resource.problem }),
    complete
      ? h(Answer, { resource, missing: 'You may see no such workload' }, (data) => [
        h(Explanation, { explanation: data }),
        h(Interactive, { view: `explain ${from} ${to} ${port}` }),
      ])
      : [
        h('p', { class: 'faint' }, 'Fill in both ends and a port, or choose them in the ',
          h('a', { href: links.graph({ by: 'workload' }) }, 'graph'), '.'),
        h(Interactive, { view: 'explain' }),
      ]);
}
