import { h } from './preact.js';
import { KINDS, KIND_LABELS } from './edge-kind.js';
import { HEADER, RISK_WIDTH, isEnforced } from './graph-layout.js';
import { RISKS } from './graph-risk.js';
import { cut, widthOf } from './graph-text.js';
import { plural } from './names.js';

// How far something is enforced: a ring that is empty, half full or full.
const ENFORCED = ['M5 0A5 5 0 1 0 5 10A5 5 0 1 0 5 0', 'M5 0A5 5 0 0 0 5 10z', 'M5 0A5 5 0 1 0 5 10A5 5 0 1 0 5 0'];
const ENFORCED_TEXTS = ['not enforced', 'enforced in one direction', 'enforced in both directions'];

export function EnforcedMark({ directions, x = 0, y = 0 }) {
  const count = directions.length;
  return h('g', { class: `enforced of-${count}`, transform: `translate(${x} ${y})` },
    h('circle', { cx: 5, cy: 5, r: 4.5 }), count > 0 && h('path', { d: ENFORCED[count] }));
}

export function RiskMark({ risk, x = 0, y = 0 }) {
  return h('g', { class: `risk ${RISKS[risk].tone}`, transform: `translate(${x} ${y})` }, h('path', { d: RISKS[risk].path }));
}

function RiskMarks({ risks, right, y }) {
  return risks.map((risk, index) => h(RiskMark, { key: risk, risk, x: right - RISK_WIDTH * (risks.length - index), y }));
}

// As many of the parts of a note, from the last one on, as there is room for.
function shortened(note, room) {
  const comma = note.indexOf(', ');
  return comma < 0 || widthOf(note, 'note') <= room ? cut(note, 'note', room) : shortened(note.slice(comma + 2), room);
}

// The gravest that there is room for beside a title; all of them are listed where it is selected.
function fitting(risks, room) {
  const most = Math.max(1, Math.floor(room / RISK_WIDTH));
  const gravest = [...risks].sort((a, b) => (RISKS[a].tone === 'bad' ? 0 : 1) - (RISKS[b].tone === 'bad' ? 0 : 1)).slice(0, most);
  return risks.filter((risk) => gravest.includes(risk));
}

function describe(item, { risks, note }, out, into) {
  const { one } = item;
  const place = one.type === 'Workload' ? ` in ${one.node.namespace}` : '';
  const state = one.children ? `, ${item.open ? 'open' : 'closed'}${note ? `, ${note}` : ''}` : '';
  const dangers = risks.length ? `; ${risks.map((risk) => RISKS[risk].text).join(', ')}` : '';
  const enforced = one.type === 'Outside' || one.type === 'Declared' ? '' : `, ${ENFORCED_TEXTS[one.enforced.length]}`;
  return `${one.label}, ${one.type}${place}${state}${enforced}, connects to ${out}, connected from ${into}${dangers}`;
}

const at = (item) => `translate(${Math.round(item.x * 10) / 10} ${Math.round(item.y * 10) / 10})`;

const isUnenforced = ({ type, enforced }) => type !== 'Outside' && type !== 'Declared' && enforced?.length === 0;

const looks = (item, kind) => ({
  class: `node ${item.one.type} ${kind} ${isUnenforced(item.one) ? 'unenforced' : ''}`, transform: at(item), 'data-id': item.id, 'data-test': 'graph-node',
});

const button = (item, facts, degree) => ({
  role: 'button', tabindex: -1, 'aria-expanded': item.one.children ? String(item.open) : undefined,
  'aria-label': describe(item, facts, degree.out, degree.into),
});

function Leaf({ item, facts }) {
  const { one, width, height } = item;
  const marked = isEnforced(one);
  const room = width - (marked ? 26 : 18) - RISK_WIDTH * facts.risks.length;
  return [
    h('title', null, item.id),
    h('rect', { width, height, rx: 5 }),
    marked && h(EnforcedMark, { directions: one.enforced, x: 8, y: height / 2 - 5 }),
    h('text', { x: marked ? 23 : 10, y: height / 2 + 4.5, class: 'name' }, cut(one.label, 'name', room)),
    h(RiskMarks, { risks: facts.risks, right: width - 5, y: height / 2 - 6 }),
  ];
}

function Chevron({ open }) {
  return h('path', { class: 'chevron', d: open ? 'M0 2L4.5 6.5L9 2' : 'M2 0L6.5 4.5L2 9' });
}

function Closed({ item, facts }) {
  const { one, width, height } = item;
  const risks = fitting(facts.risks, width - 34 - widthOf(one.label, 'title'));
  return [
    h('title', null, one.label),
    h('rect', { class: 'stacked', x: 4, y: 4, width: width - 2, height, rx: 7 }),
    h('rect', { width, height, rx: 7 }),
    h('g', { transform: 'translate(9 10)' }, h(Chevron, { open: false })),
    h('text', { x: 24, y: 19, class: 'title' }, cut(one.label, 'title', width - 30 - RISK_WIDTH * risks.length)),
    one.enforced && h(EnforcedMark, { directions: one.enforced, x: 9, y: 27 }),
    h('text', { x: 24, y: 36.5, class: 'note' }, shortened(facts.note, width - 32)),
    h(RiskMarks, { risks, right: width - 6, y: 8 }),
  ];
}

function Rail({ item, narrow }) {
  const middle = narrow ? { x: item.width / 2, y: 19.5 } : { x: item.width / 2, y: item.height / 2 };
  const into = item.id === 'outside:in';
  const [first, second] = ['Outside', into ? 'in →' : '→ out'];
  return [
    h('title', null, item.one.label),
    h('rect', { width: item.width, height: item.height, rx: 7 }),
    narrow
      ? h('text', { ...middle, class: 'title', 'text-anchor': 'middle' }, into ? 'From outside ↓' : '↓ To outside')
      : [h('text', { key: 'first', ...middle, class: 'title', 'text-anchor': 'middle' }, first),
        h('text', { key: 'second', x: middle.x, y: middle.y + 17, class: 'note', 'text-anchor': 'middle' }, second)],
  ];
}

function Region({ item }) {
  return h('rect', { class: `region ${item.one.type}`, x: item.x, y: item.y, width: item.width, height: item.height, rx: 9 });
}

function Header({ item, facts, crowd, still }) {
  const { one, width } = item;
  const height = HEADER[one.type];
  const room = width - 46 - RISK_WIDTH * facts.risks.length;
  const note = crowd ? `${crowd} inside` : '';
  const start = still ? 12 : 24;
  const after = start + widthOf(one.label, 'title') + 10;
  return [
    h('title', null, crowd ? `${one.label}: ${plural(crowd, 'connection')} inside, too many to be drawn` : one.label),
    h('rect', { width, height, rx: 7 }),
    !still && h('g', { transform: `translate(9 ${height / 2 - 4})` }, h(Chevron, { open: true })),
    h('text', { x: start, y: height / 2 + 4.5, class: 'title' }, cut(one.label, 'title', room)),
    note && after + widthOf(note, 'note') < width - 24 && h('text', { x: after, y: height / 2 + 4.5, class: 'note' }, note),
    h(RiskMarks, { risks: facts.risks, right: width - 22, y: height / 2 - 6 }),
    one.enforced && h(EnforcedMark, { directions: one.enforced, x: width - 18, y: height / 2 - 5 }),
  ];
}

const PARTS = { rail: Rail, header: Header, closed: Closed, leaf: Leaf };

// One element as long as the thing is drawn, open or closed, so that it keeps the focus.
function Node({ item, facts, degree, still, ...rest }) {
  const kind = item.rail ? 'rail' : item.open ? 'header' : item.one.children ? 'closed' : 'leaf';
  return h('g', { ...looks(item, kind), ...(still ? {} : button(item, facts, degree)) }, h(PARTS[kind], { item, facts, still, ...rest }));
}

function Arrows({ kinds }) {
  return h('defs', null, kinds.map((kind) =>
    h('marker', { key: kind, id: `arrow-${kind}`, class: `arrow ${kind}`, viewBox: '0 0 10 10', refX: 9, refY: 5,
      markerWidth: 9, markerHeight: 9, markerUnits: 'userSpaceOnUse', orient: 'auto' }, h('path', { d: 'M1 1L9 5L1 9z' }))));
}

const saying = (line) => `${line.from.id} to ${line.to.id}, ${KIND_LABELS[line.kind]}, ${plural(line.connections, 'connection')}`
  + (line.ports ? `, ${line.ports}` : '');

// The line itself, and around it what the mouse can hit.
function Line({ line, still }) {
  const data = { 'data-kind': line.kind, 'data-from': line.from.id, 'data-to': line.to.id };
  const able = still ? {} : { role: 'button', tabindex: -1, 'aria-label': saying(line), 'data-edge': line.key };
  return h('g', { class: 'line', ...able },
    h('title', null, saying(line)),
    h('path', { class: 'hit', d: line.d }),
    h('path', { class: `edge ${line.kind}`, d: line.d, 'stroke-width': line.width, 'marker-end': `url(#arrow-${line.kind})`, ...data,
      'data-test': 'graph-edge' }));
}

export function Label({ line }) {
  const { x, y, width, height, text } = line.label;
  return h('g', { class: `label ${line.kind}`, transform: `translate(${Math.round(x)} ${Math.round(y)})`, 'data-label': line.key },
    h('rect', { width, height, rx: 8 }),
    h('text', { x: width / 2, y: 12.8, 'text-anchor': 'middle' }, text));
}

export function LitLine({ line }) {
  return h('path', { class: `edge ${line.kind}`, d: line.d, 'stroke-width': line.width + 0.7, 'marker-end': `url(#arrow-${line.kind})` });
}

/*
 * Drawn once for each answer; what is pointed at comes between the cards and what is in them. Lines between cards run
 * behind the cards, so that no name is crossed.
 */
export function Ground({ drawing, drawn, kinds = KINDS, still }) {
  const items = [...drawing.items.values()];
  const regions = (type) => items.filter(({ open, one }) => open && one.type === type);
  return [
    h(Arrows, { kinds }),
    h('g', { key: 'segments', 'aria-hidden': 'true' }, regions('Segment').map((item) => h(Region, { key: item.id, item }))),
    h('g', { key: 'between', class: 'lines' }, drawn.drawn.filter(({ inside }) => !inside).map((line) => h(Line, { key: line.key, line, still }))),
    h('g', { key: 'cards', 'aria-hidden': 'true' }, regions('Namespace').map((item) => h(Region, { key: item.id, item }))),
    h('g', { key: 'inside', class: 'lines' }, drawn.drawn.filter(({ inside }) => inside).map((line) => h(Line, { key: line.key, line, still }))),
  ];
}

export function Nodes({ drawing, drawn, facts, degrees = () => ({}), still }) {
  const items = [...drawing.items.values()];
  return [
    h('g', { key: 'nodes', class: 'nodes' }, items.map((item) => h(Node, {
      key: item.id, item, facts: facts(item.one), degree: degrees(item.id), narrow: drawing.narrow, still, crowd: drawn.crowded.get(item.id),
    }))),
    h('g', { key: 'labels', class: 'labels', 'aria-hidden': 'true' }, drawn.drawn.filter(({ label }) => label).map((line) =>
      h(Label, { key: line.key, line }))),
  ];
}
