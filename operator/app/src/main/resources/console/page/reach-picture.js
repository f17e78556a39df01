import { h, useLayoutEffect, useMemo, useRef, useState } from './preact.js';
import { useSize } from './graph-stage.js';
import { cut } from './graph-text.js';
import { hopsLayout } from './reach-layout.js';

const MARGIN = 8;
// Of the element around the picture, as the style sheet has it.
const PADDING = 8;

function curve({ from, to, lane }, gap) {
  const [x, y] = [from.x + from.width, from.y + from.height / 2];
  const [end, at] = [to.x, to.y + to.height / 2];
  if (lane) {
    const [down, up] = [from.kind === 'outside' ? 0 : gap, to.kind === 'outside' ? 0 : gap];
    return `M${x} ${y}${down ? `C${x + down / 2} ${y} ${x + down / 2} ${lane} ${x + down} ${lane}` : ''}H${end - up}`
      + `${up ? `C${end - up / 2} ${lane} ${end - up / 2} ${at} ${end} ${at}` : ''}`;
  }
  const pull = Math.max(20, (end - x) * 0.45);
  return `M${x} ${y}C${x + pull} ${y} ${end - pull} ${at} ${end} ${at}`;
}

function Box({ box, near, onHover }) {
  return h('g', { class: `hop ${box.kind} ${near ? 'near' : ''}`, transform: `translate(${box.x} ${box.y})`, 'data-test': 'hop', 'data-name': box.key,
    onPointerEnter: () => onHover(box.key), onPointerLeave: () => onHover(null) },
  h('title', null, box.key),
  h('rect', { width: box.width, height: box.height, rx: 6 }),
  h('text', { class: 'name', x: 11, y: 16 }, cut(box.title, 'name', box.width - 20)),
  h('text', { class: 'note', x: 11, y: 30.5 }, cut(box.note, 'note', box.width - 20)));
}

// From what is pointed at to whom is asked about, or from there to it: the keys of the boxes on all ways.
function onTheWay(lines, hovered, to) {
  const way = new Set(hovered ? [hovered] : []);
  const [here, there] = to ? ['from', 'to'] : ['to', 'from'];
  // A way has no more steps than there are lines.
  for (let grown = true; grown;) {
    const before = way.size;
    lines.filter((line) => way.has(line[here].key)).forEach((line) => way.add(line[there].key));
    grown = way.size > before;
  }
  return way;
}

/*
 * Columns by the number of hops. The tables below it say the same, so nobody has to be told of it who does not see it.
 */
export function ReachPicture({ radius, to }) {
  const place = useRef();
  const size = useSize(place);
  const drawing = useMemo(() => hopsLayout(radius, to, (size?.width || 0) - 2 * (MARGIN + PADDING)), [radius, to, size?.width]);
  const [hovered, setHovered] = useState(null);
  const way = useMemo(() => onTheWay(drawing.lines, hovered, to), [drawing, hovered, to]);
  const isOn = (line) => way.has(line.from.key) && way.has(line.to.key);
  useLayoutEffect(() => {
    // Whom it is about is seen first.
    place.current.scrollLeft = to ? place.current.scrollWidth : 0;
  }, [drawing, to]);
  const [width, height] = [drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN];
  return h('figure', { class: 'hops', 'data-test': 'reach-picture' },
    h('div', { ref: place, class: 'scrolled', role: 'group', tabindex: 0, 'aria-label': 'Picture by the number of hops; the tables below say the same' },
      h('svg', { class: hovered ? 'canvas still has-way' : 'canvas still', 'aria-hidden': 'true', viewBox: `${-MARGIN} ${-MARGIN} ${width} ${height}`, width, height },
        h('defs', null, h('marker', { id: 'arrow-hop', class: 'arrow hop', viewBox: '0 0 8 8', refX: 7.5, refY: 4, markerWidth: 8, markerHeight: 8,
          markerUnits: 'userSpaceOnUse', orient: 'auto' }, h('path', { d: 'M0 .5L8 4L0 7.5z' }))),
        drawing.headings.map(({ x, text }) => h('text', { key: text, class: 'note', x, y: 10, 'text-anchor': 'middle' }, text)),
        drawing.lines.map((line) => h('path', { key: line.key, class: `edge hop ${isOn(line) ? 'near' : ''}`, d: curve(line, drawing.gap), 'marker-end': 'url(#arrow-hop)' })),
        drawing.boxes.map((box) => h(Box, { key: box.key, box, near: way.has(box.key), onHover: setHovered })))),
    drawing.left > 0 && h('figcaption', { class: 'hint' }, `What is farther away than ${drawing.left} hops is in the table alone.`));
}
