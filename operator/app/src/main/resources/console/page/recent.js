import { h } from './preact.js';
import { IntentLink, SegmentLink } from './names.js';
import { Table } from './table.js';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

export function ago(at, now = Date.now()) {
  const seconds = Math.round((Date.parse(at) - now) / 1000);
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) || UNITS[UNITS.length - 1];
  return relative.format(Math.trunc(seconds / length), unit);
}

export function Recent({ changes }) {
  return h(Table, {
    caption: 'Recent changes', test: 'recent', rows: changes, empty: 'No status has changed yet.',
    keyOf: ({ namespace, segment, intent, condition }) => `${namespace} ${segment} ${intent} ${condition}`,
    columns: [
      { title: 'When', by: ({ at }) => at, cell: ({ at }) => h('time', { datetime: at, title: at }, ago(at)) },
      { title: 'What', heading: true, by: ({ namespace, segment, intent }) => segment || `${namespace}/${intent}`,
        cell: ({ namespace, segment, intent }) => (segment
          ? ['segment ', h(SegmentLink, { name: segment })]
          : h(IntentLink, { name: `${namespace}/${intent}` })) },
      { title: 'Condition', cell: ({ condition, status, reason }) => `${condition} ${status}: ${reason}` },
      { title: 'Message', cell: ({ message }) => message },
    ],
  });
}
