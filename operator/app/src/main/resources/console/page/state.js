import { h } from './preact.js';

// A mark and a word: colour is never the only sign.
const STATES = {
  Open: ['good', '✓', 'Open'],
  AwaitingPeer: ['wait', '…', 'Awaiting peer'],
  Observed: ['calm', '○', 'Observed'],
  Pending: ['calm', '○', 'Pending'],
  Expired: ['wait', '–', 'Expired'],
  Unenforceable: ['bad', '!', 'Unenforceable'],
  Unresolved: ['bad', '?', 'Unresolved'],
  Forbidden: ['bad', '✕', 'Forbidden'],
};

// Those that a rule can be looked for by.
export const STATE_NAMES = Object.fromEntries(Object.entries(STATES).filter(([state]) => state !== 'Expired').map(([state, [, , label]]) => [state, label]));

const SEVERITIES = {
  Error: ['bad', '✕'],
  Warning: ['wait', '!'],
  Info: ['calm', 'i'],
};

function Badge({ tone, mark, children, ...rest }) {
  return h('span', { class: `badge ${tone}`, ...rest }, h('span', { class: 'mark', 'aria-hidden': 'true' }, mark), children);
}

// `idle` says why nothing uses the rule, if that is so.
export function State({ state, count, idle }) {
  const [tone, mark, label] = STATES[state] || ['calm', '○', state];
  const named = idle ? `${label}, idle` : label;
  return h(Badge, { tone: idle ? 'wait' : tone, mark: idle ? '!' : mark, 'data-test': 'state', 'data-state': state },
    count === undefined ? named : `${named} ${count}`);
}

export function Meaning({ message, idle }) {
  return [message, idle && h('div', { class: 'warning', 'data-test': 'idle' }, `Nothing uses it: ${idle}`)];
}

// The states that some rule has, as they are counted.
export function States({ states, linkTo }) {
  const present = Object.entries(states).filter(([, count]) => count > 0);
  if (!present.length) {
    return h('span', { class: 'faint' }, 'no rules');
  }
  return h('span', { class: 'badges' }, present.map(([state, count]) => (linkTo
    ? h('a', { key: state, class: 'of-state', href: linkTo(state) }, h(State, { state, count }))
    : h(State, { key: state, state, count }))));
}

export function Severity({ severity }) {
  const [tone, mark] = SEVERITIES[severity] || SEVERITIES.Info;
  return h(Badge, { tone, mark }, severity);
}

export function Enforced({ directions, segment, claimedBy = [], disputed = [] }) {
  if (claimedBy.length) {
    return h(Badge, { tone: 'bad', mark: '✕', 'data-test': 'disputed' }, `Claimed by ${claimedBy.join(' and ')}; policies are kept`);
  }
  if (disputed.length) {
    return h(Badge, { tone: 'bad', mark: '✕', 'data-test': 'disputed' }, `Shares ${disputed.join(', ')} with another segment`);
  }
  if (!segment && !directions.length) {
    return h('span', { class: 'faint' }, 'not in a segment');
  }
  if (!directions.length) {
    return h(Badge, { tone: 'calm', mark: '○' }, 'Observed only');
  }
  const label = directions.length === 2 ? 'Both directions' : `${directions[0]} only`;
  return h(Badge, { tone: directions.length === 2 ? 'good' : 'wait', mark: '✓' }, label);
}

export const directionsOf = ({ inbound, outbound }) => [...(inbound ? ['Ingress'] : []), ...(outbound ? ['Egress'] : [])];
