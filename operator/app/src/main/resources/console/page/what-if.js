import { h, useEffect, useRef, useState } from './preact.js';
import { overview, whatIf } from './api.js';
import { draft, example, startDraft } from './draft.js';
import { changes } from './events.js';
import { useField } from './field.js';
import { Findings } from './findings.js';
import { Interactive, Page, Trouble } from './page.js';
import { Plan } from './plan.js';
import { useResource } from './resource.js';
import { links, replace } from './router.js';

const PAUSE = 400;

// Asks for the plan of what is typed; the last question is the one that counts.
function usePlan(namespace) {
  const [state, setState] = useState({});
  const asking = useRef(new AbortController());

  async function ask(yaml) {
    asking.current.abort();
    const own = new AbortController();
    asking.current = own;
    if (!yaml.trim()) {
      setState({});
      return;
    }
    setState((last) => ({ ...last, busy: true }));
    let next;
    try {
      next = { plan: await whatIf(yaml, { namespace }, { signal: own.signal }) };
    } catch (problem) {
      next = { problem };
    }
    if (!own.signal.aborted) {
      setState(next);
    }
  }

  useEffect(() => () => asking.current.abort(), []);
  useEffect(() => changes.watch(() => setState((last) => (last.plan ? { ...last, stale: true } : last))), []);
  return { ...state, ask };
}

function NamespaceField({ value, onChoose }) {
  const { data } = useResource('overview', overview);
  return h('label', null, 'Default namespace',
    h('input', { ref: useField(value), type: 'text', list: 'namespaces', spellcheck: false, maxLength: 63,
      'data-test': 'what-if-namespace', onChange: (event) => onChoose(event.target.value.trim()) }),
    h('datalist', { id: 'namespaces' }, (data ? data.namespaces : []).map(({ name }) => h('option', { key: name, value: name }))));
}

// Puts the caret where a finding is: lines and columns count from 1.
function caretTo(editor, { line = 1, column = 1 }) {
  const before = editor.value.split('\n').slice(0, line - 1);
  const position = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  editor.focus();
  editor.setSelectionRange(position, position);
  const lineHeight = parseFloat(getComputedStyle(editor).lineHeight);
  editor.scrollTop = Math.max(0, (line - 4) * lineHeight);
}

function Result({ answer, editor, again }) {
  if (answer.problem && answer.problem.status === 422) {
    return h(Findings, { problem: answer.problem, show: (finding) => caretTo(editor.current, finding) });
  }
  if (answer.problem) {
    return h(Trouble, { problem: answer.problem, tryAgain: again, missing: 'You may see no such namespace' });
  }
  return answer.plan
    ? [
      answer.stale && h('p', { class: 'warning', role: 'status', 'data-test': 'what-if-stale' }, 'The cluster has changed since. ',
        h('button', { type: 'button', onClick: again }, 'Plan again')),
      h(Plan, { plan: answer.plan }),
    ]
    : h('p', { class: 'faint' }, 'What you write here is sent to the operator, which says what it would do. Nothing is applied.');
}

export function WhatIfPage({ route }) {
  const { namespace = '' } = route.query;
  const editor = useRef();
  const pause = useRef();
  const answer = usePlan(namespace);
  const again = () => {
    clearTimeout(pause.current);
    answer.ask(editor.current.value);
  };
  const typed = () => {
    startDraft(editor.current.value);
    clearTimeout(pause.current);
    pause.current = setTimeout(again, PAUSE);
  };
  const start = () => {
    editor.current.value = example(namespace || undefined);
    typed();
    editor.current.focus();
  };
  useEffect(() => {
    editor.current.value = draft();
    return () => clearTimeout(pause.current);
  }, []);
  useEffect(again, [namespace]);

  const broken = answer.problem && answer.problem.status === 422;
  return h(Page, { title: 'What if' },
    h('div', { class: 'what-if' },
      h('section', { 'aria-label': 'Objects' },
        h('div', { class: 'controls row' },
          h(NamespaceField, { value: namespace, onChoose: (name) => replace(links.whatIf({ namespace: name })) }),
          h('button', { type: 'button', onClick: start, 'data-test': 'what-if-example' }, 'Start from an example'),
          h('button', { type: 'button', class: 'main', onClick: again, 'data-test': 'what-if-run' }, 'Plan')),
        h('label', { for: 'editor' }, 'AccessIntents as YAML'),
        h('textarea', { id: 'editor', ref: editor, rows: 24, spellcheck: false, wrap: 'off', autocomplete: 'off', onInput: typed,
          'aria-invalid': broken ? 'true' : null, 'aria-describedby': broken ? 'findings' : null, 'data-test': 'what-if-editor' })),
      h('section', { 'aria-label': 'The plan', 'aria-busy': answer.busy ? 'true' : null, class: 'result' },
        h('p', { role: 'status', class: 'faint' }, answer.busy ? 'Planning…' : ''),
        h(Result, { answer, editor, again }))),
    h(Interactive, { view: 'what-if' }));
}
