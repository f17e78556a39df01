import { h } from './preact.js';
import { graph } from './api.js';
import { useField } from './field.js';
import { firstPort } from './ports.js';
import { useResource } from './resource.js';

const MOST = 2000;

// What there is to ask about, {nodes, edges}; null until it is known. Fields still take what is typed, so no change is worth a
// new answer.
export function useKnown() {
  return useResource('workloads', (options) => graph({ by: 'workload' }, options), []).data || null;
}

// A list for fields that want a workload.
export function KnownWorkloads({ id, known }) {
  const workloads = known ? known.nodes.filter(({ type }) => type === 'Workload') : [];
  return h('datalist', { id }, workloads.slice(0, MOST).map((node) => h('option', { key: node.id, value: node.id })));
}

// A list for a field that wants a port of a workload: those on which others connect to it, or want to.
export function KnownPorts({ id, known, to }) {
  const ports = new Set(known ? known.edges.filter((edge) => edge.to === to).map(({ ports: said }) => firstPort(said)).filter(Boolean) : []);
  return h('datalist', { id }, [...ports].map((port) => h('option', { key: port, value: port })));
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
