import { h } from './preact.js';
import { graph } from './api.js';
import { useField } from './field.js';
import { useResource } from './resource.js';

const MOST = 2000;

// A list for fields that want a workload. Without it they still take what is typed, so no change is worth a new one.
export function KnownWorkloads({ id }) {
  const { data } = useResource('workloads', (options) => graph({ by: 'workload' }, options), []);
  const workloads = data ? data.nodes.filter(({ type }) => type === 'Workload') : [];
  return h('datalist', { id }, workloads.slice(0, MOST).map((node) => h('option', { key: node.id, value: node.id })));
}

// `problem` is that of the last answer: it is shown at the field that it is about.
export function Wrong({ name, problem }) {
  return problem && problem.parameter === name && h('span', { id: `wrong-${name}`, class: 'wrong', role: 'alert', 'data-test': 'wrong',
    'data-parameter': name }, problem.detail);
}

export const wrongField = (name, problem) => (problem && problem.parameter === name
  ? { 'aria-invalid': 'true', 'aria-describedby': `wrong-${name}` } : {});

export function EndField({ label, name, value, list, test, help, problem }) {
  return h('label', { class: 'grow' }, label,
    h('input', { ref: useField(value), name, type: 'text', list, required: true, maxLength: 400,
      spellcheck: false, autocomplete: 'off', placeholder: help, 'data-test': test, ...wrongField(name, problem) }),
    h(Wrong, { name, problem }));
}
