import { h } from './preact.js';

// A kind has a colour, a pattern of dashes and a name: none of them alone has to tell it from the others.
export const KINDS = ['Declared', 'Waiting', 'DeclaredByOneEnd', 'Undeclared'];
export const KIND_LABELS = {
  Declared: 'declared', Waiting: 'waiting', DeclaredByOneEnd: 'declared by one end', Undeclared: 'not declared',
  Kept: 'stays', Lost: 'lost', Gained: 'gained',
};
export const KIND_TEXTS = {
  Declared: 'Allowed, and declared',
  Waiting: 'Waiting for the other end: not open',
  DeclaredByOneEnd: 'Declared by one end alone',
  Undeclared: 'Declared by nobody',
};

// What becomes of a connection. Those that change are drawn last, over those that stay.
export const CHANGES = ['Kept', 'Lost', 'Gained'];
export const CHANGE_TEXTS = { Kept: 'Stays', Lost: 'Lost', Gained: 'Gained' };

export function Sample({ kind }) {
  return h('svg', { class: 'sample', width: 34, height: 10, viewBox: '0 0 34 10', 'aria-hidden': 'true' },
    h('path', { class: `edge ${kind}`, d: 'M1 5H26', 'stroke-width': 2 }),
    h('path', { class: `arrow ${kind}`, d: 'M25 1L33 5L25 9z' }));
}

export function KindLabel({ kind }) {
  return h('span', { class: `kind ${kind}` }, h(Sample, { kind }), KIND_LABELS[kind]);
}
