import { h, useState } from './preact.js';

// The first of many, and a button for all: a browser takes seconds for ten thousand rows that nobody reads.
export function useBounded(items, first) {
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, first);
  const more = shown.length < items.length && h('p', { class: 'more' }, `The first ${shown.length} of ${items.length}. `,
    h('button', { type: 'button', onClick: () => setAll(true), 'data-test': 'show-all' }, 'Show all'));
  return [shown, more];
}
