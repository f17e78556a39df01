import { h, useMemo, useRef, useState } from './preact.js';
import { graph } from './api.js';
import { KINDS } from './edge-kind.js';
import { GraphControls } from './graph-controls.js';
import { GraphPanel } from './graph-panel.js';
import { GraphPicture } from './graph-picture.js';
import { GraphTable } from './graph-table.js';
import { Listing } from './names.js';
import { Answer, Interactive, Page } from './page.js';
import { useResource } from './resource.js';
import { links, replace } from './router.js';

const MOST_FOUND = 12;

// What the address says, with what it leaves out.
function settingsOf(query) {
  const show = query.show ? query.show.split(',') : KINDS;
  return {
    by: ['segment', 'namespace', 'workload'].includes(query.by) ? query.by : 'namespace',
    namespaces: query.namespaces || '',
    focus: query.focus || null,
    show: KINDS.filter((kind) => show.includes(kind)),
    view: query.view === 'table' ? 'table' : 'picture',
  };
}

function linkTo({ by, namespaces, focus, show, view }) {
  return links.graph({
    by: by === 'namespace' ? '' : by,
    namespaces,
    focus: focus || '',
    // None of three cannot be told from all of them by leaving the parameter out.
    show: show.length === KINDS.length ? '' : show.join(',') || 'none',
    view: view === 'table' ? 'table' : '',
  });
}

function matches(node, search) {
  return `${node.id} ${node.label} ${node.namespace || ''} ${node.segment || ''}`.toLowerCase().includes(search);
}

function Found({ nodes, inPicture }) {
  const first = nodes.slice(0, MOST_FOUND);
  return h('p', { class: 'found', 'data-test': 'graph-found' },
    h(Listing, { items: first, none: 'No node has that in its name.', render: (node) => h('a', { href: inPicture(node.id) }, node.id) }),
    nodes.length > first.length && `, and ${nodes.length - first.length} more`);
}

function Drawn({ data, settings, change, search }) {
  const [ends, setEnds] = useState({ from: null, to: null });
  const edges = useMemo(() => data.edges.filter((edge) => settings.show.includes(edge.kind)), [data, settings.show.join()]);
  const found = useMemo(() => (search ? new Set(data.nodes.filter((node) => matches(node, search)).map(({ id }) => id)) : null),
    [data, search]);
  const byId = useMemo(() => new Map(data.nodes.map((node) => [node.id, node])), [data]);
  const focus = byId.get(settings.focus) || null;

  const inPicture = (id) => linkTo({ ...settings, focus: id, view: 'picture' });
  const select = (id, asDestination) => {
    if (asDestination && settings.focus && settings.focus !== id) {
      setEnds({ from: settings.focus, to: id });
    } else {
      change({ focus: id });
    }
  };

  return [
    data.note && h('p', { class: 'warning', 'data-test': 'graph-note' }, data.note),
    h('p', { role: 'status', class: 'faint', 'data-test': 'graph-count' },
      `${data.nodes.length} nodes, ${edges.length} connections${found ? `, ${found.size} nodes found` : ''}.`),
    found && h(Found, { nodes: data.nodes.filter(({ id }) => found.has(id)), inPicture }),
    settings.view === 'table'
      ? h(GraphTable, { nodes: data.nodes, edges, found, byId, linkTo: inPicture })
      : h('div', { class: 'graph' },
        h(GraphPicture, { graph: data, edges, found, focus: focus && focus.id, ends, select,
          subject: `${settings.by} ${settings.namespaces}` }),
        h(GraphPanel, { node: focus, ends, setEnds, edges, settings, linkTo: inPicture, close: () => change({ focus: null }) })),
    h(Interactive, { view: `graph ${settings.by} ${settings.namespaces} ${settings.view}` }),
  ];
}

export function GraphPage({ route }) {
  const settings = settingsOf(route.query);
  const latest = useRef();
  latest.current = settings;
  const [search, setSearch] = useState('');
  const change = (changed) => replace(linkTo({ ...latest.current, ...changed }));
  const { by, namespaces } = settings;
  const resource = useResource(`graph ${by} ${namespaces}`, (options) => graph({ by, namespaces }, options),
    namespaces ? namespaces.split(',') : null);
  return h(Page, { title: 'Graph of connections' },
    h(GraphControls, { settings, change, search, setSearch }),
    h(Answer, { resource, missing: 'You may see no such namespace' }, (data) =>
      h(Drawn, { data, settings, change, search: search.trim().toLowerCase() })));
}
