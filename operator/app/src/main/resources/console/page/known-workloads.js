import { h } from './preact.js';
import { graph } from './api.js';
import { useResource } from './resource.js';

// A list for fields that want a workload. Without it they still take what is typed.
export function KnownWorkloads({ id }) {
  const { data } = useResource('workloads', (options) => graph({ by: 'workload' }, options));
  const workloads = data ? data.nodes.filter(({ type }) => type === 'Workload') : [];
  return h('datalist', { id }, workloads.map((node) => h('option', { key: node.id, value: node.id })));
}

export function EndField({ label, name, value, list, test, help }) {
  return h('label', { class: 'grow' }, label,
    h('input', { key: value, name, type: 'text', defaultValue: value, list, required: true, spellcheck: false, autocomplete: 'off', maxLength: 400,
      placeholder: help, 'data-test': test }));
}
