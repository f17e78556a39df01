import { h, useRef, useState } from './preact.js';

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

// Text to read and to take along.
export function Copyable({ label, text, test, children }) {
  const [said, setSaid] = useState('');
  const block = useRef();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      // There is no clipboard on a page without TLS that is not on localhost.
      select(block.current);
      setSaid('Selected: copy it with the keyboard');
    }
  };
  return h('figure', { class: 'copyable' },
    h('figcaption', null, label,
      h('span', { class: 'actions' },
        h('span', { role: 'status', class: 'faint' }, said),
        h('button', { type: 'button', onClick: copy }, 'Copy'), children)),
    h('pre', { ref: block, tabindex: 0, 'aria-label': label, 'data-test': test }, text));
}
