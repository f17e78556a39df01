import { h, useEffect, useRef, useState } from './preact.js';
import { Problem, overview, whatIf } from './api.js';
import { draft, example, startDraft } from './draft.js';
import { changes } from './events.js';
import { Editor, caretTo } from './editor.js';
import { useField } from './field.js';
import { Findings } from './findings.js';
import { Interactive, Page, Trouble } from './page.js';
import { Plan } from './plan.js';
import { useResource } from './resource.js';
import { links, replace } from './router.js';

const PAUSE = 400;
// Pods come and go all the time, and a plan is much work for the operator.
const SETTLED = 3000;

const EMPTY = { status: 422, detail: 'There is nothing to plan yet. Write an AccessIntent, or start from an example.' };

// Asks for the plan of what is typed; the last question is the one that counts.
function usePlan(namespace) {
  const [state, setState] = useState({});
  const asking = useRef(new AbortController());
  const planned = useRef('');

  async function ask(yaml, demanded = false) {
    asking.current.abort();
    const own = new AbortController();
    asking.current = own;
    planned.current = yaml;
    if (!yaml.trim()) {
      setState(demanded ? { problem: new Problem(EMPTY) } : {});
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

  // Asks again after a change, and says so only where the answer is another one.
  async function compare() {
    const yaml = planned.current;
    if (!yaml.trim()) {
      return;
    }
    try {
      const plan = await whatIf(yaml, { namespace }, {});
      setState((last) => (last.plan && yaml === planned.current && JSON.stringify(plan) !== JSON.stringify(last.plan)
        ? { ...last, newer: plan } : last));
    } catch {
      // Whoever asks again is told what is wrong.
    }
  }

  const show = () => setState(({ newer }) => ({ plan: newer }));

  useEffect(() => () => asking.current.abort(), []);
  useEffect(() => {
    let settled;
    const unwatch = changes.watch(() => {
      clearTimeout(settled);
      settled = setTimeout(compare, SETTLED);
    });
    return () => {
      clearTimeout(settled);
      unwatch();
    };
  }, [namespace]);
  return { ...state, ask, show };
}

function NamespaceField({ value, onChoose }) {
  const { data } = useResource('overview', overview);
  return h('label', null, 'Default namespace',
    h('input', { ref: useField(value), type: 'text', list: 'namespaces', spellcheck: false, maxLength: 63,
      'data-test': 'what-if-namespace', onChange: (event) => onChoose(event.target.value.trim()) }),
    h('datalist', { id: 'namespaces' }, (data ? data.namespaces : []).map(({ name }) => h('option', { key: name, value: name }))));
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
      answer.newer && h('p', { class: 'warning', role: 'status', 'data-test': 'what-if-stale' },
        'The cluster has changed, and the answer with it. ',
        h('button', { type: 'button', onClick: answer.show }, 'Show the new answer')),
      h(Plan, { plan: answer.plan }),
    ]
    : h('p', { class: 'faint' }, 'What you write here is sent to the operator, which says what it would do. Nothing is applied.');
}

export function WhatIfPage({ route }) {
  const { namespace = '' } = route.query;
  const editor = useRef();
  const pause = useRef();
  const answer = usePlan(namespace);
  const [initial] = useState(draft);
  const ask = (demanded) => {
    clearTimeout(pause.current);
    answer.ask(editor.current.value, demanded);
  };
  const again = () => ask(true);
  const typed = () => {
    startDraft(editor.current.value);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => ask(false), PAUSE);
  };
  const start = () => {
    editor.current.value = example(namespace || undefined);
    editor.current.dispatchEvent(new Event('input'));
    editor.current.focus();
  };
  useEffect(() => () => clearTimeout(pause.current), []);
  // After the editor has its text.
  useEffect(() => ask(false), [namespace]);

  const broken = answer.problem && answer.problem.status === 422;
  return h(Page, { title: 'What if' },
    h('div', { class: 'what-if' },
      h('section', { 'aria-label': 'Objects' },
        h('div', { class: 'controls row' },
          h(NamespaceField, { value: namespace, onChoose: (name) => replace(links.whatIf({ namespace: name })) }),
          h('button', { type: 'button', onClick: start, 'data-test': 'what-if-example' }, 'Start from an example'),
          h('button', { type: 'button', class: 'main', onClick: again, 'data-test': 'what-if-run' }, 'Plan')),
        h('label', { for: 'editor' }, 'AccessIntents as YAML'),
        h(Editor, { editor, initial, broken, onInput: typed,
          wrong: new Set(broken ? answer.problem.findings.map(({ line }) => line) : []) })),
      h('section', { 'aria-label': 'The plan', 'aria-busy': answer.busy ? 'true' : null, class: 'result' },
        h('p', { role: 'status', class: 'faint' }, answer.busy ? 'Planning…' : ''),
        h(Result, { answer, editor, again }))),
    h(Interactive, { view: 'what-if' }));
}
