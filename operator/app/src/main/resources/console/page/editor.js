import { h, useEffect, useRef, useState } from './preact.js';

const countOf = (text) => text.split('\n').length;

// Puts the caret where a finding is: lines and columns count from 1.
export function caretTo(editor, { line = 1, column = 1 }) {
  const before = editor.value.split('\n').slice(0, line - 1);
  const position = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  editor.focus();
  editor.setSelectionRange(position, position);
  const lineHeight = parseFloat(getComputedStyle(editor).lineHeight);
  editor.scrollTop = Math.max(0, (line - 4) * lineHeight);
}

/*
 * A text area with the numbers of its lines beside it; those in `wrong` are marked. `editor` is a reference to the text area,
 * whose text is its own: it is set through `initial`, and read when it changes.
 */
export function Editor({ editor, initial, wrong, broken, onInput }) {
  const gutter = useRef();
  const [count, setCount] = useState(1);
  useEffect(() => {
    editor.current.value = initial;
    setCount(countOf(initial));
  }, [initial]);
  const typed = () => {
    setCount(countOf(editor.current.value));
    onInput();
  };
  const scrolled = () => {
    gutter.current.scrollTop = editor.current.scrollTop;
  };
  return h('div', { class: 'editor' },
    h('div', { ref: gutter, class: 'gutter', 'aria-hidden': 'true' }, Array.from({ length: count }, (_, index) =>
      h('div', { key: index, class: wrong.has(index + 1) ? 'marked' : null, 'data-test': wrong.has(index + 1) ? 'wrong-line' : null },
        index + 1))),
    h('textarea', { id: 'editor', ref: editor, rows: 24, spellcheck: false, wrap: 'off', autocomplete: 'off', onInput: typed,
      onScroll: scrolled, 'aria-invalid': broken ? 'true' : null, 'aria-describedby': broken ? 'findings' : null,
      'data-test': 'what-if-editor' }));
}
