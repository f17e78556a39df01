import { useEffect, useRef, useState } from './preact.js';
import { changes, concerns } from './events.js';

const AGAIN = 5000;

// No answer, too many questions or a server in trouble: it may pass, and what was known is worth more than nothing.
const passing = ({ status }) => !status || status === 429 || status >= 500;

function nextAnswer(last, key, data, problem) {
  const known = last.key === key ? last : {};
  if (problem) {
    return known.data && passing(problem) ? { key, data: known.data, late: problem } : { key, problem };
  }
  // The same answer again must not draw everything again.
  const same = known.data && JSON.stringify(known.data) === JSON.stringify(data);
  return same ? { key, data: known.data } : { key, data };
}

/*
 * What the server says, asked for again when a change concerns it. The old answer stays until the new one is there, so
 * that focus and scroll position stay as well. `key` says what is asked for: another key, another question; null: none.
 */
export function useResource(key, load, namespaces) {
  const [answer, setAnswer] = useState({ key: null });
  const [attempt, setAttempt] = useState(0);
  const latest = useRef();
  latest.current = { load, namespaces };

  useEffect(() => {
    if (key === null) {
      return undefined;
    }
    const abort = new AbortController();
    let running = false;
    let again = false;
    let retry = null;

    async function ask() {
      clearTimeout(retry);
      if (running) {
        again = true;
        return;
      }
      running = true;
      again = false;
      let data;
      let problem;
      try {
        data = await latest.current.load({ signal: abort.signal });
      } catch (failure) {
        problem = failure;
      }
      running = false;
      if (abort.signal.aborted) {
        return;
      }
      setAnswer((last) => nextAnswer(last, key, data, problem));
      if (again) {
        ask();
      } else if (problem && passing(problem)) {
        retry = setTimeout(ask, AGAIN);
      }
    }

    ask();
    const unwatch = changes.watch((change) => {
      if (concerns(change, latest.current.namespaces)) {
        ask();
      }
    });
    return () => {
      unwatch();
      clearTimeout(retry);
      abort.abort();
    };
  }, [key, attempt]);

  const { data, problem, late } = answer.key === key ? answer : {};
  return { data, problem, late, tryAgain: () => setAttempt(attempt + 1) };
}
