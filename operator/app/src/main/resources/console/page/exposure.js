import { h, useMemo } from './preact.js';
import { exposure } from './api.js';
import { Listing, NamespaceLink } from './names.js';
import { useResource } from './resource.js';
import { links } from './router.js';

const count = new Intl.NumberFormat('en').format;

// It is much work for the operator, and changes happen all the time.
const PAUSE = 5000;

function withPauses(load) {
  let next = 0;
  return async (options) => {
    await new Promise((resolve) => {
      setTimeout(resolve, Math.max(0, next - Date.now()));
    });
    next = Date.now() + PAUSE;
    return load(options);
  };
}

// Who is open to the outside is worked out apart from the rest, which does not wait for it.
export function useExposure() {
  const load = useMemo(() => withPauses(exposure), []);
  return useResource('exposure', load);
}

const WAYS = {
  inbound: { label: 'Reached from outside', end: 'outside:in' },
  outbound: { label: 'Reach outside', end: 'outside:out' },
};

// What stands where a figure would: what is not known is never none.
function Unknown({ problem }) {
  return problem
    ? h('span', { class: 'unknown', 'data-test': 'exposure-unknown' }, 'Not known')
    : h('span', { class: 'unknown', role: 'status' }, '…');
}

function Figure({ way, data }) {
  const { ours } = data;
  const figure = `${count(ours[way])} of ${count(ours.workloads)}`;
  return ours[way] > 0
    ? h('a', { href: links.graph({ focus: WAYS[way].end }), 'data-test': `exposed-${way}`,
      'aria-label': `${WAYS[way].label}: ${figure} workloads, shown in the graph` }, figure)
    : h('span', { 'data-test': `exposed-${way}` }, figure);
}

// Two figures among the others of the overview.
export function ExposureFigures({ resource: { data, problem } }) {
  return Object.entries(WAYS).map(([way, { label }]) => h('div', { key: way }, h('dt', null, label),
    h('dd', null, data ? h(Figure, { way, data }) : h(Unknown, { problem }))));
}

const SYSTEM = { inbound: 'reached from outside', outbound: 'that reach outside' };

function ofSystem({ system }) {
  const ways = Object.keys(SYSTEM).filter((way) => system[way] > 0);
  return ways.length > 0 && ['Workloads of the cluster itself, such as in kube-system, are counted apart: ',
    ways.map((way, index) => [index > 0 && ', ',
      h('a', { key: way, href: links.graph({ focus: WAYS[way].end }) }, `${count(system[way])} ${SYSTEM[way]}`)]), '. '];
}

// What the figures leave out.
export function ExposureNote({ resource: { data, problem, late } }) {
  if (problem) {
    return h('p', { class: 'hint', 'data-test': 'exposure-note' }, `What is open to the outside is not known: ${problem.message}.`);
  }
  const parts = data ? [
    late && `What is open to the outside may have changed since: ${late.message}. `,
    data.scope !== 'AllNamespaces' && 'What is open to the outside is counted in the namespaces that you see; of the others nothing is known. ',
    ofSystem(data),
    data.unreadable.length > 0 && ['A policy cannot be read, so the figures are not certain, in ',
      h(Listing, { items: data.unreadable, render: (name) => h(NamespaceLink, { name }) }), '.'],
  ].filter(Boolean) : [];
  return parts.length > 0 && h('p', { class: 'hint', 'data-test': 'exposure-note' }, parts);
}
