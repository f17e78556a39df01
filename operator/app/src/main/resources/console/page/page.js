import { Fragment, h, useEffect, useRef } from './preact.js';
import { links, useTitle } from './router.js';

// Where the browser has just loaded the page, it keeps the focus; from then on we move it.
let loaded = false;

export function moveFocusFromNowOn() {
  loaded = true;
}

// Every page has one h1, which takes the focus when somebody gets there by a link.
// `trail` leads back from a page below the overview; nothing between is an empty one.
export function Page({ title, trail = null, actions, children }) {
  const heading = useRef();
  useTitle(title);
  useEffect(() => {
    if (loaded) {
      heading.current.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    moveFocusFromNowOn();
  }, []);
  return h('div', { class: 'page' },
    trail && h('nav', { 'aria-label': 'Where you are', class: 'trail' },
      h('a', { href: links.overview() }, 'Overview'), trail.map(([label, link]) => h('a', { key: link, href: link }, label))),
    h('div', { class: 'title' }, h('h1', { ref: heading, tabindex: -1 }, title), actions && h('p', { class: 'actions' }, actions)),
    children);
}

// In words of whoever asks: what HTTP calls it helps nobody.
const WAYS_OUT = {
  0: ['The operator does not answer', ''],
  400: ['The question cannot be read', ''],
  403: ['You may see no namespace',
    'Ask whoever runs the cluster for the right to get networkpolicies in your namespaces, or sign in with another token.'],
  404: ['You may see no such thing', 'It is not there, or not for you to see: the answer is the same for both.'],
  413: ['That is too much', ''],
  414: ['The question is too long', ''],
  422: ['That cannot be answered', ''],
  429: ['Too many questions at once', 'It is tried again in a moment.'],
  500: ['The operator failed to answer', ''],
  503: ['The operator cannot answer yet', 'It is tried again in a moment.'],
};

// The same question again would get the same answer.
const FINAL = [400, 413, 414, 422];

// What stands in the place of an answer that there is none of.
export function Trouble({ problem, tryAgain, missing }) {
  const [title, wayOut] = WAYS_OUT[problem.status] || ['Something went wrong', ''];
  return h('section', { class: 'trouble', role: 'alert', 'data-test': 'problem', 'data-status': problem.status },
    h('h2', null, problem.status === 404 && missing ? missing : title),
    problem.detail && h('p', null, problem.detail),
    !problem.status && !problem.detail && h('p', null, problem.message),
    wayOut && h('p', null, wayOut),
    h('p', { class: 'actions' },
      !FINAL.includes(problem.status) && h('button', { type: 'button', onClick: tryAgain }, 'Try again'),
      h('a', { href: links.overview() }, 'To the overview')));
}

// The answer of a resource, or what stands in its place. What is wrong with a field is said at the field.
export function Answer({ resource, missing, children }) {
  if (resource.problem && resource.problem.parameter) {
    return h(Interactive, { view: 'wrong field' });
  }
  if (resource.problem) {
    return h(Trouble, { problem: resource.problem, tryAgain: resource.tryAgain, missing });
  }
  if (!resource.data) {
    return h('p', { class: 'loading', role: 'status' }, 'Loading…');
  }
  return [
    resource.late && h('p', { key: 'late', class: 'warning', role: 'status', 'data-test': 'late' },
      `This may be old: ${resource.late.message}`),
    h(Fragment, { key: 'answer' }, children(resource.data)),
  ];
}

// Tells measurements that a page shows its first answer and can be used. Rendered last on the page.
export function Interactive({ view }) {
  useEffect(() => {
    performance.mark('bulkhead:interactive', { detail: view });
  }, [view]);
  return null;
}
