import { send } from './api.js';
import { eventStream } from './event-stream.js';
import { session } from './session.js';
import { store } from './store.js';

const FIRST_DELAY = 1000;
const LONGEST_DELAY = 30000;
const SETTLED = 2000;

// Connecting, Live, Offline or Paused.
export const liveness = store('Connecting');

// The last change: {namespaces, segments}, or {everything: true} where some may have been missed.
export const changes = store(null);

let stream = null;
let retry = null;
let failures = 0;
let everLive = false;

function stop(state) {
  clearTimeout(retry);
  if (stream) {
    stream.abort();
    stream = null;
  }
  liveness.set(state);
}

function onEvent(type, data) {
  if (type === 'hello') {
    failures = 0;
    liveness.set('Live');
    // The first time, too: what was asked for before the stream was there may have changed unseen. But not at once,
    // as the same questions are being answered just now.
    setTimeout(() => changes.set({ everything: true }), everLive ? 0 : SETTLED);
    everLive = true;
  } else if (type === 'changed') {
    changes.set(JSON.parse(data));
  }
}

async function read(own) {
  const response = await send('api/v1/events', { signal: own.signal, headers: { Accept: 'text/event-stream' } });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const feed = eventStream(onEvent);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    feed(value);
  }
}

async function connect() {
  stop('Connecting');
  const own = new AbortController();
  stream = own;
  try {
    await read(own);
  } catch {
    // Whatever the reason is, the way out is the same: try again later.
    failures++;
  }
  if (stream !== own || !session.get().token) {
    return;
  }
  stream = null;
  liveness.set('Offline');
  // Jitter: when the operator comes back, not all pages shall ask at once.
  const delay = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** Math.max(0, failures - 1)) * (0.5 + Math.random() / 2);
  retry = setTimeout(connect, delay);
}

function reconsider() {
  if (!session.get().token) {
    everLive = false;
    stop('Offline');
  } else if (document.hidden) {
    stop('Paused');
  } else if (!stream) {
    connect();
  }
}

export function startEvents() {
  session.watch(() => {
    stop('Connecting');
    reconsider();
  });
  document.addEventListener('visibilitychange', reconsider);
  addEventListener('online', reconsider);
  reconsider();
}

// Whether a change may have touched what is shown of these namespaces; of all where none are given.
export function concerns(change, namespaces) {
  return !!change.everything || !namespaces || !!change.segments
    || change.namespaces.some((name) => namespaces.includes(name));
}
