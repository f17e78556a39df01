import { h } from './preact.js';
import { EnforcedMark, RiskMark } from './graph-drawing.js';
import { RISKS, RISK_NAMES } from './graph-risk.js';

const BOTH = ['Egress', 'Ingress'];

function Sign({ children }) {
  return h('svg', { class: 'sample', width: 16, height: 14, viewBox: '-1 -1 16 14', 'aria-hidden': 'true' }, children);
}

export const ENFORCED_SIGNS = [[[], 'Not enforced'], [BOTH.slice(1), 'Enforced in one direction'], [BOTH, 'Enforced in both directions']];

// What workloads show otherwise, by their frames and their lines.
const IN_BOXES = { unenforced: 'Closed box with what is not enforced', undeclared: 'Closed box with connections that nobody declared' };

export const FRAMES = { Workload: 'Workload', Namespace: 'Namespace', Segment: 'Segment', Declared: 'Named by a rule, not known here' };

export const RISK_SIGNS = RISK_NAMES.map((risk) => [risk, IN_BOXES[risk] || RISKS[risk].text]);

// What every sign of the picture means; the lines are explained where they are switched on and off.
export function Legend() {
  return h('ul', { class: 'legend', 'aria-label': 'Legend', 'data-test': 'graph-legend' },
    ENFORCED_SIGNS.map(([directions, text]) => h('li', { key: text }, h(Sign, null, h(EnforcedMark, { directions, x: 1, y: 1 })), text)),
    h('li', null, h(Sign, null, h('g', { class: 'node unenforced leaf' }, h('rect', { x: 0, y: 1, width: 13, height: 10, rx: 2 }))),
      'Frame of what is not enforced'),
    Object.entries(FRAMES).map(([type, text]) => h('li', { key: type }, h(Sign, null, type === 'Segment' || type === 'Namespace'
      ? h('rect', { class: `region ${type}`, x: 0, y: 1, width: 13, height: 10, rx: 3 })
      : h('g', { class: `node ${type} leaf` }, h('rect', { x: 0, y: 1, width: 13, height: 10, rx: 2 }))), text)),
    RISK_SIGNS.map(([risk, text]) => h('li', { key: risk }, h(Sign, null, h(RiskMark, { risk })), text)),
    h('li', null, h('b', null, '12'), 'Connections in one line'));
}
