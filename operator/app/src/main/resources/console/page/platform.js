import { h } from './preact.js';
import { platform } from './api.js';
import { Listing } from './names.js';
import { Answer, Interactive, Page } from './page.js';
import { useResource } from './resource.js';
import { Table } from './table.js';

export function PlatformPage() {
  const resource = useResource('platform', platform);
  if (resource.problem && resource.problem.status === 403) {
    return h(Page, { title: 'Platform' },
      h('p', { class: 'warning', 'data-test': 'not-for-teams' },
        'Guardrails and well-known peers are shown to whoever sees all namespaces. What they forbid your intents is on your namespaces’ pages.'),
      h(Interactive, { view: 'platform' }));
  }
  return h(Page, { title: 'Platform' },
    h(Answer, { resource, missing: 'You may see no namespace' }, ({ guardrails = [], wellKnown = [] }) => [
      h(Table, {
        caption: 'Guardrails', test: 'guardrails', rows: guardrails, keyOf: ({ name }) => name,
        empty: 'There is no Guardrail: intents may declare any connection.',
        dataOf: ({ name }) => ({ 'data-test': 'guardrail-row', 'data-name': name }),
        columns: [
          { title: 'Guardrail', heading: true, by: ({ name }) => name, cell: ({ name }) => name },
          { title: 'Description', cell: ({ description }) => description },
          { title: 'Limits', cell: ({ limits = [] }) => h(Listing, { items: limits, render: (limit) => limit }) },
          { title: 'Forbids now', by: ({ forbids = [] }) => forbids.length,
            cell: ({ forbids = [] }) => h(Listing, { items: forbids, none: 'no rule', render: (rule) => rule }) },
        ],
      }),
      h(Table, {
        caption: 'Well-known peers', test: 'well-known', rows: wellKnown, keyOf: ({ name }) => name,
        empty: 'Segments say what the names of well-known peers come to, and there is no Segment yet.',
        columns: [
          { title: 'Name', heading: true, by: ({ name }) => name, cell: ({ name }) => name },
          { title: 'Source', by: ({ source }) => source, cell: ({ source }) => source },
          { title: 'What it comes to', cell: ({ meaning }) => meaning },
        ],
      }),
      h(Interactive, { view: 'platform' }),
    ]));
}
