import { h, useEffect, useRef, useState } from './preact.js';
import { overview } from './api.js';
import { Copyable } from './copy.js';
import { moveFocusFromNowOn } from './page.js';
import { keepToken } from './session.js';
import { useTitle } from './router.js';

// The characters of RFC 6750; others cannot go into a header.
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

export function SignIn({ reason }) {
  const [problem, setProblem] = useState(reason);
  const [busy, setBusy] = useState(false);
  const input = useRef();
  useTitle('Sign in');
  useEffect(() => {
    moveFocusFromNowOn();
    input.current.focus();
  }, []);

  async function submit(event) {
    event.preventDefault();
    const token = input.current.value.trim();
    if (!TOKEN.test(token)) {
      setProblem('This is no bearer token: paste what the command prints, all of it.');
      input.current.focus();
      return;
    }
    setBusy(true);
    try {
      await overview({ token });
      keepToken(token);
    } catch (failure) {
      // Other problems have pages of their own, and the token is a good one.
      if (failure.status && failure.status !== 401) {
        keepToken(token);
        return;
      }
      setProblem(failure.message);
      setBusy(false);
      input.current.focus();
    }
  }

  return h('main', { id: 'main', class: 'sign-in', tabindex: -1 },
    h('h1', null, 'Sign in to Bulkhead'),
    h('p', null, 'You see what your token lets you see in the cluster: the namespaces whose network policies you may get. '
      + 'Nothing can be changed here.'),
    problem && h('p', { role: 'alert', id: 'sign-in-reason', class: 'reason', 'data-test': 'sign-in-reason' }, problem),
    h('form', { onSubmit: submit, 'data-test': 'sign-in', autocomplete: 'off' },
      h('label', { for: 'token' }, 'Bearer token'),
      h('input', {
        id: 'token', type: 'password', ref: input, autocomplete: 'off', spellcheck: false, required: true, 'data-test': 'token',
        'aria-describedby': problem ? 'sign-in-reason token-help' : 'token-help', 'aria-invalid': problem ? 'true' : null,
      }),
      h('button', { type: 'submit', class: 'main', disabled: busy, 'data-test': 'sign-in-submit' },
        busy ? 'Asking the cluster…' : 'Sign in')),
    h('div', { id: 'token-help' },
      h('p', null, 'A token of a service account with the role bulkhead-view, or with view in your namespaces, comes from'),
      h(Copyable, { label: 'A token', text: 'kubectl create token NAME --namespace NS', test: 'token-command' }),
      h('p', { class: 'faint' }, 'It is kept in this tab until you sign out or close it.')));
}
