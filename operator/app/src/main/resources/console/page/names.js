import { h } from './preact.js';
import { links } from './router.js';

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

// Answers write a workload ns/name[Kind], parameters ns/Kind/name.
export function parameterOf(name) {
  const match = /^([^/]+)\/(.+)\[([A-Za-z]+)\]$/.exec(name);
  return match && match[3] !== 'External' ? `${match[1]}/${match[3]}/${match[2]}` : null;
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
    : name;
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
