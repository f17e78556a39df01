const EXAMPLE_NAMESPACE = 'shop';

let kept = '';

// What stands in the What if editor, kept while other pages are looked at.
export const draft = () => kept;

export function startDraft(yaml) {
  kept = yaml;
}

export function example(namespace = EXAMPLE_NAMESPACE) {
  return `apiVersion: bulkhead.dev/v1alpha1
kind: AccessIntent
metadata:
  name: example
  namespace: ${namespace}
spec:
  description: What this workload needs, and whom it serves.
  workload:
    serviceAccount: example
  outbound:
  - to: {workload: {namespace: ${namespace}, serviceAccount: other}}
    ports: [{port: 8443}]
    reason: say why
  inbound:
  - from: {workload: {namespace: ${namespace}, serviceAccount: client}}
    ports: [{port: 8080}]
`;
}
