import { useEffect, useRef, useState } from './preact.js';
import { changes, concerns } from './events.js';

/*
 * What the server says, asked for again when a change concerns it. The old answer stays until the new one is there, so
 * that focus and scroll position stay as well. `key` says what is asked for: another key, another question.
 */
export function useResource(key, load, namespaces) {
  const [answer, setAnswer] = useState({ key: null });
  const latest = useRef();
  latest.current = { load, namespaces };
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (key === null) {
      return undefined;
    }
    const abort = new AbortController();
    let running = false;
    let again = false;

    async function ask() {
      if (running) {
        again = true;
        return;
      }
      running = true;
      again = false;
      let next;
      try {
        next = { key, data: await latest.current.load({ signal: abort.signal }) };
      } catch (problem) {
        next = { key, problem };
      }
      running = false;
      if (abort.signal.aborted) {
        return;
      }
      // Without an answer, what was known stays; the live indicator says that it may be old.
      setAnswer((last) => (next.problem && !next.problem.status && last.key === key && last.data ? last : next));
      if (again) {
        ask();
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
      abort.abort();
    };
  }, [key, attempt]);

  const current = answer.key === key ? answer : {};
  return { data: current.data, problem: current.problem, tryAgain: () => setAttempt(attempt + 1) };
}
