import { h } from './preact.js';
import { useBounded } from './bounded.js';
import { plural } from './names.js';
import { links } from './router.js';
import { Severity } from './state.js';

const FIRST = 12;

// What these wait for differs from rule to rule, and is one thing to do: ask the other teams.
const WAITING = 'AwaitingPeer';

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

// Many rules may have one cause: each cause stands there once, in the order of the server.
function causes(items) {
  const groups = new Map();
  items.forEach((item) => {
    const cause = item.reason === WAITING ? '' : item.message;
    const key = `${item.severity} ${item.reason} ${cause}`;
    groups.set(key, [...(groups.get(key) || []), item]);
  });
  return [...groups].map(([key, of]) => ({ key, of }));
}

function Where({ item }) {
  const where = place(item);
  // Of a rule that waits the message names the peer.
  const rule = item.rule && item.reason === WAITING ? item.rule.split(' ')[0] : item.rule;
  return h('span', { class: 'where' },
    where && h('a', { href: where[1] }, where[0]), rule && h('span', { class: 'faint' }, ` ${rule}`));
}

function Item({ of }) {
  const [item] = of;
  const attributes = { 'data-test': 'attention-item', 'data-severity': item.severity, 'data-reason': item.reason };
  if (of.length === 1) {
    return h('li', attributes, h(Severity, { severity: item.severity }), h('span', { class: 'reason' }, item.reason),
      h(Where, { item }), h('span', { class: 'message' }, item.message));
  }
  return h('li', attributes, h(Severity, { severity: item.severity }), h('span', { class: 'reason' }, item.reason),
    h('details', null,
      h('summary', null, item.reason === WAITING ? `${plural(of.length, 'rule')} of intents wait for their other ends`
        : `${item.message} (${plural(of.length, 'place')})`),
      h('ul', { class: 'plain' }, of.map((one) => h('li', { key: `${one.namespace} ${one.intent} ${one.segment} ${one.rule}` },
        h(Where, { item: one }), item.reason === WAITING && h('span', { class: 'message' }, ` ${one.message}`))))));
}

// The most urgent first, as the server has it; a screenful, then all for whoever asks.
export function Attention({ items }) {
  const grouped = causes(items);
  const [shown, more] = useBounded(grouped, FIRST);
  return h('section', { 'aria-labelledby': 'attention', class: 'attention' },
    h('h2', { id: 'attention' }, grouped.length ? `Needs attention (${grouped.length})` : 'Needs attention'),
    grouped.length
      ? h('ol', { 'data-test': 'attention' }, shown.map(({ key, of }) => h(Item, { key, of })))
      : h('p', { class: 'empty', 'data-test': 'attention' }, 'Nothing needs attention.'),
    more);
}
