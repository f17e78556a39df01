import { h } from './preact.js';
import { links } from './router.js';

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

// Answers write a workload ns/name[Kind], parameters ns/Kind/name.
export function parameterOf(name) {
  const match = /^([^/]+)\/(.+)\[([A-Za-z]+)\]$/.exec(name);
  return match && match[3] !== 'External' ? `${match[1]}/${match[3]}/${match[2]}` : null;
}

function groups(part) {
  return part ? part.split(':') : [];
}

function numberOf(address) {
  if (!address.includes(':')) {
    return address.split('.').reduce((number, byte) => number * 256n + BigInt(byte), 0n);
  }
  const [before, after] = address.split('::').map(groups);
  const all = after ? [...before, ...Array(8 - before.length - after.length).fill('0'), ...after] : before;
  return all.reduce((number, group) => number * 65536n + BigInt(`0x${group}`), 0n);
}

// Ranges of addresses come as 'first-last[External]'; people read those that are a block as 198.51.100.0/24.
export function endInWords(name) {
  const match = /^([\da-f.:]+)-([\da-f.:]+)\[External\]$/.exec(name);
  if (!match) {
    return name;
  }
  const [, first, last] = match;
  const bits = first.includes(':') ? 128 : 32;
  const size = numberOf(last) - numberOf(first) + 1n;
  const isBlock = (size & (size - 1n)) === 0n && numberOf(first) % size === 0n;
  return isBlock ? `${first}/${bits - size.toString(2).length + 1}` : `${first}-${last}`;
}

export function namespaceOf(end) {
  return end.includes('/') ? end.slice(0, end.indexOf('/')) : null;
}

function split(name, namespace) {
  const slash = name.indexOf('/');
  return slash < 0 ? [namespace, name] : [name.slice(0, slash), name.slice(slash + 1)];
}

// A name without a namespace is one of the namespace that is shown.
export function IntentLink({ name, namespace }) {
  return h('a', { href: links.intent(...split(name, namespace)) }, name);
}

export function PolicyLink({ name, namespace }) {
  return h('a', { href: links.policy(...split(name, namespace)) }, name);
}

export function NamespaceLink({ name }) {
  return h('a', { href: links.namespace(name) }, name);
}

export function SegmentLink({ name }) {
  return name ? h('a', { href: links.segment(name) }, name) : h('span', { class: 'faint' }, 'none');
}

// `short` leaves out the kind, where there are many names.
export function WorkloadName({ name, short }) {
  const parameter = parameterOf(name);
  return parameter
    ? h('a', { href: links.graph({ by: 'workload', namespaces: namespaceOf(parameter), focus: parameter }), title: short && name },
      short ? name.slice(0, name.indexOf('[')) : name)
    : endInWords(name);
}

export function Listing({ items, none = 'none', render }) {
  if (!items.length) {
    return h('span', { class: 'faint' }, none);
  }
  return h('ul', { class: 'inline' }, items.map((item, index) => h('li', { key: index }, render(item))));
}

export function IntentLinks({ names, none = 'none', namespace }) {
  return h(Listing, { items: names, none, render: (name) => h(IntentLink, { name, namespace }) });
}

export function PolicyLinks({ names, none = 'none', namespace }) {
  return h(Listing, { items: names, none, render: (name) => h(PolicyLink, { name, namespace }) });
}
