import { h, useLayoutEffect, useRef } from './preact.js';
import { liveness } from './events.js';
import { links, useRoute } from './router.js';
import { endSession, session } from './session.js';
import { Search } from './search.js';
import { useStore } from './store.js';
import { SignIn } from './sign-in.js';
import { ThemeButton } from './theme.js';
import { OverviewPage } from './overview.js';
import { PlatformPage } from './platform.js';
import { SegmentPage } from './segment.js';
import { NamespacePage } from './namespace.js';
import { IntentPage } from './intent.js';
import { PolicyPage } from './policy.js';
import { RulesPage } from './rules.js';
import { GraphPage } from './graph.js';
import { ExplainPage } from './explain.js';
import { ReachPage } from './reach.js';
import { WhatIfPage } from './what-if.js';
import { Page } from './page.js';

const NAVIGATION = [
  ['Overview', links.overview(), ['overview', 'segment', 'namespace', 'intent', 'policy']],
  ['Platform', links.platform(), ['platform']],
  ['Rules', links.rules(), ['rules']],
  ['Graph', links.graph(), ['graph']],
  ['Explain', links.explain(), ['explain']],
  ['Who can reach', links.whoCanReach(), ['who-can-reach']],
  ['What if', links.whatIf(), ['what-if']],
];

const LIVENESS = {
  Connecting: 'Connecting…',
  Live: 'Live',
  Offline: 'Offline, trying again',
  Paused: 'Paused',
};

function UnknownPage() {
  return h(Page, { title: 'No such page' },
    h('p', null, 'The link leads nowhere. ', h('a', { href: links.overview() }, 'To the overview')));
}

const PAGES = {
  overview: OverviewPage,
  platform: PlatformPage,
  segment: SegmentPage,
  namespace: NamespacePage,
  intent: IntentPage,
  policy: PolicyPage,
  rules: RulesPage,
  graph: GraphPage,
  explain: ExplainPage,
  'who-can-reach': ReachPage,
  'what-if': WhatIfPage,
  unknown: UnknownPage,
};

function Live() {
  const state = useStore(liveness);
  return h('span', { role: 'status', 'aria-live': 'polite', class: 'live', 'data-test': 'live', 'data-state': state },
    h('span', { class: 'dot', 'aria-hidden': 'true' }), LIVENESS[state]);
}

// Before the page that is shown, where there is no room for all of them.
const BEFORE = 60;

function Header({ page, signedIn }) {
  const pages = useRef();
  useLayoutEffect(() => {
    const current = pages.current?.querySelector('[aria-current]');
    if (current) {
      pages.current.scrollLeft = current.offsetLeft - pages.current.offsetLeft - BEFORE;
    }
  }, [page, signedIn]);
  return h('header', { class: 'top' },
    h('a', { class: 'brand', href: links.overview() }, h('img', { src: 'assets/favicon.svg', alt: '', width: 20, height: 20 }), 'Bulkhead'),
    signedIn && h('nav', { ref: pages, 'aria-label': 'Pages' }, h('ul', null, NAVIGATION.map(([label, link, under]) =>
      h('li', { key: link }, h('a', { href: link, 'aria-current': under.includes(page) ? 'page' : null }, label))))),
    h('div', { class: 'end' },
      signedIn && h(Search),
      signedIn && h(Live),
      h(ThemeButton),
      signedIn && h('button', { type: 'button', class: 'quiet', onClick: () => endSession(), 'data-test': 'sign-out' }, 'Sign out')));
}

function skip(event) {
  // The fragment is the route: a plain link to #main would leave the page.
  event.preventDefault();
  document.getElementById('main').focus();
}

export function App() {
  const route = useRoute();
  const { token, reason } = useStore(session);
  return h('div', { class: 'app' },
    h('a', { class: 'skip', href: '#main', onClick: skip }, 'Skip to the content'),
    h(Header, { page: route.page, signedIn: !!token }),
    token
      ? h('main', { id: 'main', tabindex: -1 }, h(PAGES[route.page], { key: route.path, route }))
      : h(SignIn, { key: reason, reason }));
}
