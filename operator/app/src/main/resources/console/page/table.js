import { h } from './preact.js';
import { useBounded } from './bounded.js';

const FIRST = 200;

// columns: {title, cell(row), number, heading}; the column with `heading` names the row.
export function Table({ caption, columns, rows, keyOf, empty, test, dataOf = () => ({}) }) {
  const [shown, more] = useBounded(rows, FIRST);
  if (!rows.length) {
    return h('p', { class: 'empty', 'data-test': test }, empty);
  }
  const cell = (column, row) => h(column.heading ? 'th' : 'td',
    { key: column.title, class: column.number ? 'number' : null, scope: column.heading ? 'row' : undefined }, column.cell(row));
  return h('div', { class: 'table', role: 'group', 'aria-label': caption, tabindex: 0 },
    h('table', { 'data-test': test },
      h('caption', null, caption),
      h('thead', null, h('tr', null, columns.map((column) =>
        h('th', { key: column.title, scope: 'col', class: column.number ? 'number' : null }, column.title)))),
      h('tbody', null, shown.map((row) =>
        h('tr', { key: keyOf(row), ...dataOf(row) }, columns.map((column) => cell(column, row)))))),
    more);
}
