import { h } from './preact.js';
import { Copyable } from './copy.js';

const plural = (number, one) => `${new Intl.NumberFormat('en').format(number)} ${one}${number === 1 ? '' : 's'}`;

// Of the namespace with the most workloads: whoever looks at it sees the most at once.
const observing = (namespace) => `apiVersion: bulkhead.dev/v1alpha1
kind: Segment
metadata:
  name: ${namespace}
spec:
  namespaces: [${namespace}]
  enforce:
    ingress: false
    egress: false
`;

function Begin({ namespaces }) {
  const [first] = namespaces.filter(({ workloads }) => workloads > 0).sort((a, b) => b.workloads - a.workloads);
  return [
    h('p', null, 'Begin with a Segment that observes. It writes no policy, and shows what every declared rule would be:'),
    h(Copyable, { label: 'A Segment that observes', text: observing(first.name), test: 'first-segment' }),
    h('p', null, 'Then the teams declare AccessIntents, and you enforce a direction once its rules are open.'),
  ];
}

function NextStep({ scope, segments, namespaces }) {
  if (scope !== 'AllNamespaces') {
    return h('p', null, 'The platform team enforces a namespace by a Segment: ask it to. Until then declare what your workloads need.');
  }
  return segments.length
    ? h('p', null, 'All segments observe only. Set enforce.ingress and enforce.egress of a Segment to true to enforce it; '
      + 'bulkhead plan shows beforehand what that would close.')
    : h(Begin, { namespaces });
}

export const isUnprotected = ({ enforced, namespaces }) => enforced === 0 && namespaces > 0;

// Says plainly that nothing is protected.
export function Unprotected({ coverage, scope, segments, namespaces }) {
  return h('section', { class: 'trouble', 'aria-labelledby': 'unprotected', 'data-test': 'unprotected' },
    h('h2', { id: 'unprotected' }, 'Bulkhead enforces nothing yet'),
    h('p', null, `Enforced: 0 of ${plural(coverage.namespaces, 'namespace')} with workloads. `
      + `${plural(coverage.workloads, 'workload')} can reach, and be reached from, everything that policies by others leave open.`),
    h(NextStep, { scope, segments, namespaces }));
}
