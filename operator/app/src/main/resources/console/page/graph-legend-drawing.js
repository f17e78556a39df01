import { h } from './preact.js';
import { KINDS, KIND_TEXTS } from './edge-kind.js';
import { EnforcedMark, RiskMark } from './graph-drawing.js';
import { ENFORCED_SIGNS, FRAMES, RISK_SIGNS } from './graph-legend.js';
import { widthOf } from './graph-text.js';

/*
 * The legend as part of a saved picture, which has nothing else beside it: signs with their texts in rows, as many beside
 * each other as there is room for.
 */
const ROW = 21;
const SPACE = 22;
const SIGN = { line: 42, mark: 20 };

const frame = (type, looks) => (type === 'Segment' || type === 'Namespace'
  ? h('rect', { class: `region ${type}`, x: 0, y: 2, width: 14, height: 11, rx: 3 })
  : h('g', { class: `node leaf ${looks}` }, h('rect', { x: 0, y: 2, width: 14, height: 11, rx: 2 })));

function signs() {
  return [
    ...KINDS.map((kind) => ({ text: KIND_TEXTS[kind], room: SIGN.line, sign: [
      h('path', { key: 'line', class: `edge ${kind}`, d: 'M0 7H27', 'stroke-width': 2 }),
      h('g', { key: 'arrow', class: `arrow ${kind}` }, h('path', { d: 'M26 3L34 7L26 11z' })),
    ] })),
    ...ENFORCED_SIGNS.map(([directions, text]) => ({ text, room: SIGN.mark, sign: h(EnforcedMark, { directions, x: 2, y: 2 }) })),
    { text: 'Frame of what is not enforced', room: SIGN.mark, sign: frame('Workload', 'Workload unenforced') },
    ...Object.entries(FRAMES).map(([type, text]) => ({ text, room: SIGN.mark, sign: frame(type, type) })),
    ...RISK_SIGNS.map(([risk, text]) => ({ text, room: SIGN.mark, sign: h(RiskMark, { risk, y: 1.5 }) })),
  ];
}

// {legend, height} for a picture of a width.
export function legendOf(width) {
  let [x, y] = [0, 0];
  const placed = signs().map((one) => {
    const wide = one.room + widthOf(one.text, 'note');
    if (x > 0 && x + wide > width) {
      [x, y] = [0, y + ROW];
    }
    const at = { ...one, x, y };
    x += wide + SPACE;
    return at;
  });
  return {
    height: y + ROW,
    legend: h('g', { class: 'in-picture' }, placed.map(({ text, sign, room, x: left, y: top }) =>
      h('g', { key: text, transform: `translate(${Math.round(left)} ${top})` }, sign, h('text', { class: 'note', x: room, y: 11.5 }, text)))),
  };
}
