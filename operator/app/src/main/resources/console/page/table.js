import { h, useState } from './preact.js';
import { useBounded } from './bounded.js';

const FIRST = 200;
// Shorter ones are read faster than they are filtered.
const FILTERED = 8;

const contains = (value, text) => (value && typeof value === 'object'
  ? Object.values(value).some((part) => contains(part, text))
  : String(value ?? '').toLowerCase().includes(text));

function compare(one, other) {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one ?? '').localeCompare(String(other ?? ''), 'en', { numeric: true });
}

function Heading({ column, sorting, onSort }) {
  const attributes = { scope: 'col', class: column.number ? 'number' : null };
  if (!column.by) {
    return h('th', attributes, column.title);
  }
  const order = sorting.title === column.title ? sorting.order : null;
  return h('th', { ...attributes, 'aria-sort': order || 'none' },
    h('button', { type: 'button', class: 'sort', 'data-test': 'sort', onClick: () => onSort(column) }, column.title,
      h('span', { 'aria-hidden': 'true' }, { ascending: ' ↑', descending: ' ↓' }[order] || ' ↕')));
}

// columns: {title, cell(row), number, heading, by(row)}; the column with `heading` names the row, and one with `by` sorts.
export function Table({ caption, columns, rows, keyOf, empty, test, dataOf = () => ({}) }) {
  const [sorting, setSorting] = useState({});
  const [filter, setFilter] = useState('');
  const text = filter.trim().toLowerCase();
  const matching = text ? rows.filter((row) => contains(row, text)) : rows;
  const column = columns.find(({ title }) => title === sorting.title);
  const direction = sorting.order === 'descending' ? -1 : 1;
  const sorted = column ? [...matching].sort((one, other) => direction * compare(column.by(one), column.by(other))) : matching;
  const [shown, more] = useBounded(sorted, FIRST);
  if (!rows.length) {
    return h('p', { class: 'empty', 'data-test': test }, empty);
  }
  const onSort = ({ title }) => setSorting((last) =>
    ({ title, order: last.title === title && last.order === 'ascending' ? 'descending' : 'ascending' }));
  const cell = (of, row) => h(of.heading ? 'th' : 'td',
    { key: of.title, class: of.number ? 'number' : null, scope: of.heading ? 'row' : undefined }, of.cell(row));
  return h('div', { class: 'listing' },
    rows.length >= FILTERED && h('label', { class: 'filter' }, `Filter ${caption.toLowerCase()}`,
      h('input', { type: 'search', value: filter, 'data-test': 'filter', onInput: (event) => setFilter(event.target.value) }),
      h('span', { role: 'status' }, text && `${matching.length} of ${rows.length}`)),
    h('div', { class: 'table', role: 'group', 'aria-label': caption, tabindex: 0 },
      h('table', { 'data-test': test },
        h('caption', null, caption),
        h('thead', null, h('tr', null, columns.map((of) => h(Heading, { key: of.title, column: of, sorting, onSort })))),
        h('tbody', null, shown.map((row) =>
          h('tr', { key: keyOf(row), ...dataOf(row) }, columns.map((of) => cell(of, row)))))),
      more));
}
