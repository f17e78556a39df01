import { h, useRef } from './preact.js';
import { reach } from './api.js';
import { useField } from './field.js';
import { EndField, KnownWorkloads, useKnown } from './known-workloads.js';
import { WorkloadName, parameterOf, plural } from './names.js';
import { portsInWords } from './ports.js';
import { Answer, Interactive, Page } from './page.js';
import { ReachPicture } from './reach-picture.js';
import { useResource } from './resource.js';
import { go, links } from './router.js';
import { Table } from './table.js';

const DIRECTIONS = { 'who-can-reach': 'Who can reach it', 'reachable-from': 'Whom it can reach' };
const HOPS = { 1: 'directly', 2: 'over at most 2 hops', 3: 'over at most 3 hops', all: 'any number of hops' };

function Select({ label, name, value, options, test }) {
  return h('label', null, label, h('select', { ref: useField(value), name, 'data-test': test },
    Object.entries(options).map(([key, text]) => h('option', { key, value: key }, text))));
}

function Question({ workload, direction, hops, problem }) {
  const form = useRef();
  const submit = (event) => {
    event.preventDefault();
    const asked = Object.fromEntries(new FormData(form.current));
    go(links.whoCanReach({ ...asked, workload: asked.workload.trim() }));
  };
  return h('form', { ref: form, class: 'controls row', onSubmit: submit, 'aria-label': 'Whose reach' },
    h(EndField, { label: 'Workload', name: 'workload', value: workload, list: 'workloads', test: 'reach-workload',
      help: 'ns/Kind/name or ns/pod', problem }),
    h(Select, { label: 'Direction', name: 'direction', value: direction, options: DIRECTIONS, test: 'reach-direction' }),
    h(Select, { label: 'Hops', name: 'hops', value: hops, test: 'reach-hops',
      options: hops in HOPS ? HOPS : { [hops]: hops, ...HOPS } }),
    h('button', { type: 'submit', class: 'main', 'data-test': 'reach-submit' }, 'Show'),
    h(KnownWorkloads, { id: 'workloads', known: useKnown() }));
}

function Path({ path }) {
  return h('ol', { class: 'path' }, path.map((step) => h('li', { key: step }, h(WorkloadName, { name: step, short: true }))));
}

function words(hops) {
  if (hops === 'all') {
    return 'over any number of hops';
  }
  return hops === '1' ? 'directly' : `over at most ${hops} hops`;
}

function Reach({ radius, to, hops }) {
  const subject = radius.workload;
  const caption = to ? `Workloads that can reach ${subject}` : `Workloads that ${subject} can reach`;
  return [
    h('p', { class: 'lead', role: 'status', 'data-test': 'reach-summary' },
      `${plural(radius.workloads.length, 'workload')} and ${plural(radius.outside.length, 'range')} of addresses outside, ${words(hops)}.`),
    radius.workloads.length + radius.outside.length > 0 && h(ReachPicture, { radius, to }),
    h(Table, {
      caption, test: 'reach-workloads', rows: radius.workloads, keyOf: ({ workload }) => workload, empty: 'No workload.',
      columns: [
        { title: 'Workload', heading: true, cell: ({ workload }) => h(WorkloadName, { name: workload }) },
        { title: 'Hops', number: true, cell: ({ hops: length }) => length },
        { title: 'Ports', cell: ({ conn }) => portsInWords(conn) },
        { title: 'Path', cell: ({ path }) => h(Path, { path }) },
        { title: 'Ask', cell: ({ workload }) => {
          const [from, end] = to ? [workload, subject] : [subject, workload];
          const link = links.explain({ from: parameterOf(from) || from, to: parameterOf(end) || end });
          return h('a', { href: link, 'aria-label': `Explain ${from} to ${end}` }, 'Explain');
        } },
      ],
    }),
    h(Table, {
      caption: to ? `Addresses outside that can reach ${subject}` : `Addresses outside that ${subject} can reach`, test: 'reach-outside',
      rows: radius.outside, keyOf: ({ range, conn, path }) => `${range} ${conn} ${path}`, empty: `No address outside, ${words(hops)}.`,
      columns: [
        { title: 'Range', heading: true, cell: ({ range }) => range },
        { title: 'Hops', number: true, cell: ({ hops: length }) => length },
        { title: 'Ports', cell: ({ conn }) => portsInWords(conn) },
        { title: 'Path', cell: ({ path }) => h(Path, { path: to ? ['outside', ...path] : [...path, 'outside'] }) },
      ],
    }),
  ];
}

export function ReachPage({ route }) {
  const { workload = '', hops = '1' } = route.query;
  const direction = route.query.direction in DIRECTIONS ? route.query.direction : 'who-can-reach';
  // A path may lead through any namespace, so every change concerns it.
  const resource = useResource(workload ? `${direction} ${workload} ${hops}` : null,
    (options) => reach(direction, { workload, hops }, options));
  return h(Page, { title: 'Who can reach' },
    h(Question, { workload, direction, hops, problem: resource.problem }),
    workload
      ? h(Answer, { resource, missing: 'You may see no such workload' }, (data) => [
        h(Reach, { radius: data, hops, to: direction === 'who-can-reach' }),
        h(Interactive, { view: `${direction} ${workload} ${hops}` }),
      ])
      : [
        h('p', { class: 'faint' }, 'Choose a workload: here, in the ',
          h('a', { href: links.graph({ by: 'workload' }) }, 'graph'), ' or on the page of its namespace.'),
        h(Interactive, { view: direction }),
      ]);
}
