import { h } from './preact.js';
import { useBounded } from './bounded.js';
import { links } from './router.js';
import { Severity } from './state.js';

const FIRST = 12;

function place({ namespace, segment, intent, policy }) {
  if (namespace && intent) {
    return [`${namespace}/${intent}`, links.intent(namespace, intent)];
  }
  if (namespace && policy) {
    return [`${namespace}/${policy}`, links.policy(namespace, policy)];
  }
  if (namespace) {
    return [namespace, links.namespace(namespace)];
  }
  return segment ? [`segment ${segment}`, links.segment(segment)] : null;
}

function Item({ item }) {
  const where = place(item);
  return h('li', { 'data-test': 'attention-item', 'data-severity': item.severity, 'data-reason': item.reason },
    h(Severity, { severity: item.severity }),
    h('span', { class: 'reason' }, item.reason),
    where && h('a', { href: where[1] }, where[0]),
    h('span', { class: 'message' }, item.message));
}

// The most urgent first, as the server has it; a screenful, then all for whoever asks.
export function Attention({ items }) {
  const [shown, more] = useBounded(items, FIRST);
  return h('section', { 'aria-labelledby': 'attention', class: 'attention' },
    h('h2', { id: 'attention' }, items.length ? `Needs attention (${items.length})` : 'Needs attention'),
    items.length
      ? h('ol', { 'data-test': 'attention' }, shown.map((item) =>
        h(Item, { key: `${item.reason} ${item.namespace} ${item.intent || item.policy || item.segment} ${item.message}`, item })))
      : h('p', { class: 'empty', 'data-test': 'attention' }, 'Nothing needs attention.'),
    more);
}
