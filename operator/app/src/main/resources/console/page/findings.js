import { useBounded } from './bounded.js';
import { h } from './preact.js';

const FIRST = 50;

function placeOf({ line, column }) {
  if (!line) {
    return '';
  }
  return column ? `Line ${line}, column ${column}` : `Line ${line}`;
}

// What is wrong with the text, beside it; each finding leads to its place.
export function Findings({ problem, show }) {
  const [shown, more] = useBounded(problem.findings, FIRST);
  return h('section', { id: 'findings', role: 'status', class: 'findings', 'data-test': 'what-if-findings' },
    h('h2', null, problem.detail || problem.title),
    h('ol', null, shown.map((finding, index) => h('li', { key: index },
      h('button', { type: 'button', onClick: () => show(finding), disabled: !finding.line, 'data-test': 'what-if-finding',
        'data-line': finding.line, 'data-column': finding.column },
      h('b', null, placeOf(finding)), ' ', finding.message)))),
    more);
}
