import { h } from './preact.js';

// [name, value] pairs; those whose value is false, null or undefined are left out.
export function Facts({ facts }) {
  const known = facts.filter(([, value]) => value !== false && value !== null && value !== undefined);
  return h('dl', { class: 'facts' }, known.map(([name, value]) =>
    h('div', { key: name }, h('dt', null, name), h('dd', null, value))));
}
