import { h, useEffect, useRef, useState } from './preact.js';
import { overview } from './api.js';
import { Copyable } from './copy.js';
import { moveFocusFromNowOn } from './page.js';
import { keepToken } from './session.js';
import { useTitle } from './router.js';

// The characters of RFC 6750; others cannot go into a header.
const TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;

const RIGHTS = [
  ['To see all namespaces', 'the ClusterRole view, by a ClusterRoleBinding'],
  ['To see some of them', 'the ClusterRole view, by a RoleBinding in each'],
  ['To try What if there', 'the ClusterRole edit instead, which may create AccessIntents'],
  ['At the least', 'any role with the right to get networkpolicies'],
];

// What is typed or pasted is hidden until somebody wants to see it.
function TokenField({ input, problem }) {
  const [shown, setShown] = useState(false);
  return h('div', { class: 'secret' },
    h('input', {
      id: 'token', type: shown ? 'text' : 'password', ref: input, autocomplete: 'off', spellcheck: false, autocapitalize: 'off', required: true,
      'data-test': 'token', 'aria-describedby': problem ? 'sign-in-reason token-help' : 'token-help', 'aria-invalid': problem ? 'true' : null,
    }),
    h('button', { type: 'button', 'aria-pressed': String(shown), 'aria-controls': 'token', 'aria-label': 'Show the token', 'data-test': 'show-token',
      onClick: () => setShown(!shown) }, shown ? 'Hide' : 'Show'));
}

function Help() {
  return h('div', { id: 'token-help', class: 'help' },
    h('p', null, 'A service account’s token comes from this command:'),
    h(Copyable, { label: 'A token', text: 'kubectl create token NAME --namespace NS', test: 'token-command' }),
    h('h2', null, 'What the account needs'),
    h('dl', { class: 'rights', 'data-test': 'token-rights' }, RIGHTS.map(([where, what]) =>
      h('div', { key: where }, h('dt', null, where), h('dd', null, what)))),
    h('p', { class: 'faint' }, 'The token is kept in this tab until you sign out or close it.'));
}

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
      h(TokenField, { input, problem }),
      h('button', { type: 'submit', class: 'main', disabled: busy, 'data-test': 'sign-in-submit' },
        busy ? 'Asking the cluster…' : 'Sign in')),
    h(Help));
}
