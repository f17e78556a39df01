import { h, useMemo, useRef, useState } from './preact.js';
import { graph } from './api.js';
import { KINDS } from './edge-kind.js';
import { GraphControls } from './graph-controls.js';
import { drawsDns, toDns } from './graph-dns.js';
import { save } from './graph-export.js';
import { Legend } from './graph-legend.js';
import { LEVELS, bundle, hierarchy, keyOf, neighbourhood, opening, representatives } from './graph-model.js';
import { GraphPanel } from './graph-panel.js';
import { GraphPicture } from './graph-picture.js';
import { risksOf } from './graph-risk.js';
import { isIn } from './graph-scene.js';
import { GraphTable } from './graph-table.js';
import { Listing, plural } from './names.js';
import { Answer, Interactive, Page } from './page.js';
import { useResource } from './resource.js';
import { links, replace } from './router.js';

const MOST_FOUND = 12;
const NONE = [];

const listed = (text) => (text ? text.split(',') : NONE);

// What the address says, with what it leaves out.
function settingsOf(query) {
  const show = query.show ? query.show.split(',') : KINDS;
  const line = query.from && query.to && KINDS.includes(query.kind);
  return {
    by: LEVELS.includes(query.by) ? query.by : '',
    namespaces: query.namespaces || '',
    focus: query.focus || '',
    select: query.select || (query.focus && !line ? query.focus : ''),
    edge: line ? keyOf(query) : '',
    opened: listed(query.open),
    closed: listed(query.closed),
    show: KINDS.filter((kind) => show.includes(kind)),
    dns: ['show', 'hide'].includes(query.dns) ? query.dns : '',
    view: query.view === 'table' ? 'table' : 'picture',
  };
}

function linkTo({ by, namespaces, focus, select, edge, opened, closed, show, dns, view }) {
  const [from, to, kind] = edge ? edge.split('\n') : [];
  return links.graph({
    by, namespaces, focus, select: select === focus ? '' : select, from, to, kind, open: opened.join(','), closed: closed.join(','),
    // None of four cannot be told from all of them by leaving the parameter out.
    show: show.length === KINDS.length ? '' : show.join(',') || 'none',
    dns, view: view === 'table' ? 'table' : '',
  });
}

const matches = (node, search) =>
  `${node.id} ${node.label} ${node.namespace || ''} ${node.segment || ''}`.toLowerCase().includes(search);

function Found({ nodes, inPicture }) {
  const first = nodes.slice(0, MOST_FOUND);
  return h('p', { class: 'found', 'data-test': 'graph-found' },
    h(Listing, { items: first, none: 'No node has that in its name.', render: (node) => h('a', { href: inPicture(node.id) }, node.id) }),
    nodes.length > first.length && `, and ${nodes.length - first.length} more`);
}

function Nothing({ settings }) {
  return h('div', { class: 'empty', 'data-test': 'graph-empty' },
    h('h2', null, 'There is no workload to draw'),
    settings.namespaces
      ? h('p', null, 'None of these namespaces has one that you may see. ', h('a', { href: links.graph() }, 'Show all namespaces'))
      : h('p', null, 'No namespace that you may see has pods or workloads. As soon as one has, it is drawn here, with everything that '
        + 'may connect to it. ', h('a', { href: links.overview() }, 'To the overview')));
}

// What is selected, as the panel shows it: a node of the answer, or a box.
function selectedOf(id, { model, byId, risks }) {
  const leaf = model.leaves.get(id);
  const one = leaf || model.boxes.get(id);
  if (!one) {
    return null;
  }
  const holds = (leafId) => isIn(model.leaves.get(leafId), id);
  const within = leaf ? [id] : [...model.leaves.keys()].filter(holds);
  return {
    ...(leaf ? byId.get(id) : { id, type: one.type, label: one.label, segment: one.segment, enforced: one.enforced, workloads: one.leaves }),
    holds, risks: [...new Set(within.flatMap((each) => risks.get(each) || []))],
  };
}

function selectedLine(edge, { model, edges }) {
  if (!edge) {
    return null;
  }
  const [from, to, kind] = edge.split('\n');
  const members = edges.filter((one) => one.kind === kind && isIn(model.leaves.get(one.from), from) && isIn(model.leaves.get(one.to), to));
  return members.length ? { from, to, kind, edges: members } : null;
}

function useGraph(data, settings) {
  const kinds = settings.show.join();
  const whole = useMemo(() => ({
    model: hierarchy(data.nodes), risks: risksOf(data), byId: new Map(data.nodes.map((node) => [node.id, node])),
  }), [data]);
  const focused = whole.byId.has(settings.focus) || whole.model.boxes.has(settings.focus);
  const shown = useMemo(() => {
    const { nodes, edges } = focused ? neighbourhood(data, settings.focus) : data;
    return { nodes, edges: edges.filter(({ kind }) => settings.show.includes(kind)), model: hierarchy(nodes) };
  }, [data, settings.focus, kinds]);
  // Whoever looks at DNS itself wants to see who asks it.
  const dns = focused && whole.byId.get(settings.focus)?.dns ? 'show' : settings.dns;
  const drawn = useMemo(() => {
    const names = toDns(data);
    return drawsDns(dns, names.size) ? shown.edges : shown.edges.filter((edge) => !names.has(edge));
  }, [data, shown, dns]);
  return { ...whole, ...shown, focused, drawn };
}

// The rows of the table: what the picture shows where all boxes of a level are open.
function tabled({ model, edges, nodes, risks, byId }, level) {
  const drawnFor = representatives(model, opening(level || 'workload', new Set(), new Set()));
  const ids = [...new Set(nodes.map(({ id }) => drawnFor.get(id).id))];
  return {
    bundles: bundle(edges, (id) => drawnFor.get(id)?.id),
    nodes: ids.map((id) => byId.get(id) || model.boxes.get(id)).map((node) => ({ ...node, risks: risks.get(node.id) || [] })),
  };
}

function Drawn({ data, settings, change, search }) {
  const svg = useRef();
  const [ends, setEnds] = useState({ from: null, to: null });
  const [risk, setRisk] = useState(null);
  const shown = useGraph(data, settings);
  const { model, nodes, edges, drawn, risks, byId, focused } = shown;
  const found = useMemo(() => (search || risk ? new Set(nodes.filter((node) => (!search || matches(node, search))
    && (!risk || risks.get(node.id)?.includes(risk))).map(({ id }) => id)) : null), [nodes, search, risk, risks]);
  const isFound = useMemo(() => {
    const around = new Set(found || []);
    (found || []).forEach((id) => {
      for (let one = model.leaves.get(id); one?.id; one = one.parent) {
        around.add(one.id);
      }
    });
    return found && ((item) => around.has(item.id));
  }, [found, model]);
  const boxes = useMemo(() => [new Set(settings.opened), new Set(settings.closed)], [settings.opened.join(), settings.closed.join()]);
  const inPicture = (id) => linkTo({ ...settings, select: id, edge: '', view: 'picture' });
  const without = (list, id) => list.filter((other) => other !== id);
  const act = {
    select(target, asDestination) {
      const isWorkload = (id) => byId.get(id)?.type === 'Workload';
      if (asDestination && isWorkload(target?.id) && isWorkload(settings.select) && settings.select !== target.id) {
        setEnds({ from: settings.select, to: target.id });
      } else if (!target && !settings.select && !settings.edge) {
        setRisk(null);
      } else {
        change({ select: target?.id || '', edge: target?.edge || '' });
      }
    },
    // Where there is little room, one namespace is open at a time.
    toggle(id, isOpen, alone) {
      const isNamespace = (other) => other.startsWith('namespace:');
      const staying = (opened) => without(opened, id).filter((other) => !(alone && isNamespace(id) && isNamespace(other)));
      change((now) => ({
        opened: isOpen ? without(now.opened, id) : [...staying(now.opened), id],
        closed: isOpen ? [...without(now.closed, id), id] : without(now.closed, id),
      }));
    },
  };
  const view = `graph ${settings.by} ${settings.namespaces} ${settings.view}`;
  const note = found ? `, ${plural(found.size, 'node')} found` : '';
  const count = h('p', { role: 'status', class: 'faint count', 'data-test': 'graph-count' },
    `${plural(nodes.length, 'node')}, ${plural(edges.length, 'connection')}${note}.`, ' ',
    settings.view === 'picture' && drawn.length < edges.length && `${edges.length - drawn.length} to the cluster’s DNS are not drawn. `,
    focused && ['Only the neighbours of ', h('b', { key: 'name' }, settings.focus), '. ',
      h('button', { key: 'all', type: 'button', class: 'quiet', onClick: () => change({ focus: '' }), 'data-test': 'graph-unfocus' }, 'Show all')]);
  return [
    data.note && h('p', { class: 'warning', 'data-test': 'graph-note' }, data.note),
    settings.view === 'table' && count,
    found && h(Found, { nodes: nodes.filter(({ id }) => found.has(id)), inPicture }),
    !nodes.length && h(Nothing, { settings }),
    nodes.length > 0 && settings.view === 'table' && h(GraphTable, {
      ...tabled({ ...shown, edges: edges.filter(({ from, to }) => !found || found.has(from) || found.has(to)),
        nodes: nodes.filter(({ id }) => !found || found.has(id)) }, settings.by), linkTo: inPicture, namespaces: settings.namespaces }),
    nodes.length > 0 && settings.view === 'picture' && [
      h('div', { key: 'graph', class: 'graph' },
        h(GraphPicture, { svg, model, edges: drawn, risks, level: settings.by, opened: boxes[0], closed: boxes[1], found: isFound,
          selected: { id: settings.select, edge: settings.edge }, ends, act, view, count, subject: `${settings.by} ${settings.namespaces} ${settings.focus}` },
        document.fullscreenEnabled && h('button', { type: 'button', 'data-test': 'full-screen',
          onClick: () => svg.current.closest('.graph').requestFullscreen() }, 'Full screen'),
        ['svg', 'png'].map((type) => h('button', { key: type, type: 'button', 'data-test': `export-${type}`,
          onClick: () => save(type, svg.current, svg.current.getBBox()) }, type.toUpperCase()))),
        h(GraphPanel, { node: selectedOf(settings.select, shown), line: selectedLine(settings.edge, shown), edges, risks,
          leaves: [...model.leaves.keys()], risk, setRisk, ends, setEnds, linkTo: inPicture, focus: settings.focus,
          focusOn: (id) => change({ focus: id, select: id }), close: () => change({ select: '', edge: '' }) })),
      h(Legend, { key: 'legend' }),
    ],
    (settings.view === 'table' || !nodes.length) && h(Interactive, { view }),
  ];
}

export function GraphPage({ route }) {
  const settings = settingsOf(route.query);
  const latest = useRef();
  latest.current = settings;
  const [search, setSearch] = useState('');
  const change = (changed) => {
    latest.current = { ...latest.current, ...(typeof changed === 'function' ? changed(latest.current) : changed) };
    replace(linkTo(latest.current));
  };
  const { namespaces } = settings;
  const resource = useResource(`graph ${namespaces}`, (options) => graph({ by: 'workload', namespaces }, options),
    namespaces ? namespaces.split(',') : null);
  const known = [...new Set((resource.data?.nodes || []).map(({ namespace }) => namespace).filter(Boolean))].sort();
  const names = useMemo(() => (resource.data ? toDns(resource.data).size : 0), [resource.data]);
  return h(Page, { title: 'Graph of connections' },
    h(GraphControls, { settings, change, search, setSearch, namespaces: known, dns: { count: names, drawn: drawsDns(settings.dns, names) } }),
    h(Answer, { resource, missing: 'You may see no such namespace' }, (data) =>
      h(Drawn, { data, settings, change, search: search.trim().toLowerCase() })));
}
