import { useEffect } from './preact.js';
import { store, useStore } from './store.js';

const PAGES = ['platform', 'rules', 'graph', 'explain', 'who-can-reach', 'what-if'];

export function parse(hash) {
  const [path, search = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  const query = Object.fromEntries(new URLSearchParams(search));
  let parts;
  try {
    parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return { page: 'unknown', path, query };
  }
  const [first, name, kind, item] = parts;
  if (!parts.length) {
    return { page: 'overview', path, query };
  }
  if (parts.length === 1 && PAGES.includes(first)) {
    return { page: first, path, query };
  }
  if (parts.length === 2 && first === 'segments') {
    return { page: 'segment', path, query, name };
  }
  if (parts.length === 2 && first === 'namespaces') {
    return { page: 'namespace', path, query, namespace: name };
  }
  if (parts.length === 4 && first === 'namespaces' && (kind === 'intents' || kind === 'policies')) {
    return { page: kind === 'intents' ? 'intent' : 'policy', path, query, namespace: name, name: item };
  }
  return { page: 'unknown', path, query };
}

function to(parts, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  // Slashes and commas may stand in a fragment as they are, and make links that people can read.
  const search = new URLSearchParams(given).toString().replace(/%2F/g, '/').replace(/%2C/g, ',');
  return `#/${parts.map(encodeURIComponent).join('/')}${search ? `?${search}` : ''}`;
}

export const links = {
  overview: () => to([]),
  platform: () => to(['platform']),
  rules: (query) => to(['rules'], query),
  segment: (name) => to(['segments', name]),
  namespace: (name) => to(['namespaces', name]),
  intent: (namespace, name) => to(['namespaces', namespace, 'intents', name]),
  policy: (namespace, name) => to(['namespaces', namespace, 'policies', name]),
  graph: (query) => to(['graph'], query),
  explain: (query) => to(['explain'], query),
  whoCanReach: (query) => to(['who-can-reach'], query),
  whatIf: (query) => to(['what-if'], query),
};

const route = store(parse(location.hash));
addEventListener('hashchange', () => route.set(parse(location.hash)));

export function useRoute() {
  return useStore(route);
}

export function go(link) {
  location.hash = link;
}

// For what is a setting of the page rather than another page: one press of Back shall not undo one letter of a search.
export function replace(link) {
  history.replaceState(null, '', link);
  route.set(parse(link));
}

export function useTitle(title) {
  useEffect(() => {
    document.title = `${title} · Bulkhead`;
  }, [title]);
}
