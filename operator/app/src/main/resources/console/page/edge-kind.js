import { h } from './preact.js';

// A kind has a colour, a pattern of dashes and a name: none of them alone has to tell it from the others.
export const KINDS = ['Declared', 'Waiting', 'Undeclared'];
export const KIND_LABELS = { Declared: 'declared', Waiting: 'waiting', Undeclared: 'not declared' };
export const KIND_TEXTS = {
  Declared: 'Allowed, and declared',
  Waiting: 'Declared by one end, waiting for the other',
  Undeclared: 'Allowed, but declared by nobody',
};

export function Sample({ kind }) {
  return h('svg', { class: 'sample', width: 34, height: 10, viewBox: '0 0 34 10', 'aria-hidden': 'true' },
    h('path', { class: `edge ${kind}`, d: 'M1 5H33', 'stroke-width': 2 }));
}

export function KindLabel({ kind }) {
  return h('span', { class: `kind ${kind}` }, h(Sample, { kind }), KIND_LABELS[kind]);
}
