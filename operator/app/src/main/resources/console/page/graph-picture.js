import { h, useEffect, useLayoutEffect, useMemo, useRef, useState } from './preact.js';
import { Ground, Label, LitLine, Nodes } from './graph-drawing.js';
import { gestures } from './graph-gestures.js';
import { keys } from './graph-keys.js';
import { lines, singles } from './graph-routes.js';
import { isIn, ofEach, scene } from './graph-scene.js';
import { useSize, useStage } from './graph-stage.js';
import { first } from './graph-view.js';
import { Interactive } from './page.js';

const STEP = 1.3;
const MOST_LIT = 80;
// On a telephone, more lines than these hide what they connect.
const MOST_IF_NARROW = 20;

// What changes with every move of the mouse is marked on the elements: 500 nodes are not rendered again for it.
function useMarks(svg, items, { lit, found, selected, ends, stop }) {
  useLayoutEffect(() => {
    if (!items) {
      return;
    }
    const near = new Set(lit ? lit.near : []);
    const isFound = new Map([...items.values()].map((item) => [item.id, !found || found(item)]));
    svg.current.classList.toggle('has-lit', !!lit);
    svg.current.classList.toggle('has-found', !!found);
    for (const element of svg.current.querySelectorAll('[data-id]')) {
      const { id } = element.dataset;
      element.classList.toggle('near', near.has(id));
      element.classList.toggle('missed', !isFound.get(id));
      element.classList.toggle('found', !!found && isFound.get(id));
      element.classList.toggle('selected', id === selected.id);
      element.classList.toggle('source', id === ends.from);
      element.classList.toggle('destination', id === ends.to);
      element.setAttribute('aria-pressed', id === selected.id);
      element.setAttribute('tabindex', id === stop ? 0 : -1);
    }
    for (const element of svg.current.querySelectorAll('[data-edge], [data-label]')) {
      const key = element.dataset.edge ?? element.dataset.label;
      const [from, to] = key.split('\n');
      element.classList.toggle('missed', !isFound.get(from) && !isFound.get(to));
      element.classList.toggle('selected', key === selected.edge);
    }
  });
}

const withBoxes = (item) => (item?.id ? [item.id, ...withBoxes(item.parent)] : []);

// What is lit: the connections of a node or a box, one connection, or what is between two that somebody has chosen.
// {lines, near: ids}
function lighting(target, { around, drawn, drawing }) {
  const line = target?.edge && drawn.drawn.find(({ key }) => key === target.edge);
  if (line) {
    return { lines: [{ ...line, width: line.width + 1 }], near: [line.from, line.to].flatMap(withBoxes) };
  }
  if (target?.pair) {
    const [from, to] = target.pair;
    const between = [...(around.get(from) || [])].filter((one) => (one.from === from && one.to === to) || (one.from === to && one.to === from));
    return { lines: singles(between, drawing), near: target.pair.flatMap((id) => withBoxes(drawing.items.get(id))) };
  }
  if (!target?.id || !drawing.items.has(target.id)) {
    return null;
  }
  const bundles = [...(around.get(target.id) || [])];
  const inside = [...drawing.items.values()].filter((item) => isIn(item, target.id)).map(({ id }) => id);
  return {
    lines: bundles.length > MOST_LIT ? [] : singles(bundles, drawing),
    near: [...inside, ...[target.id, ...bundles.flatMap(({ from, to }) => [from, to])].flatMap((id) => withBoxes(drawing.items.get(id)))],
  };
}

function useScene(props, size) {
  const { model, edges, risks, level, opened, closed } = props;
  return useMemo(() => {
    if (!size) {
      return null;
    }
    const composed = scene({ model, edges, risks, level, opened, closed, size });
    const drawn = lines(composed.bundles, composed.drawing);
    return { ...composed, drawn, around: ofEach(composed.bundles, composed.drawing.items) };
  }, [model, edges, risks, level, opened, closed, size]);
}

function degreesOf(around) {
  return (id) => {
    const some = [...(around.get(id) || [])];
    return { out: some.filter(({ from }) => from === id).length, into: some.filter(({ to }) => to === id).length };
  };
}

function Toolbar({ stage, count, children }) {
  return h('div', { class: 'toolbar' }, count,
    h('button', { type: 'button', 'aria-label': 'Zoom in', onClick: () => stage.zoom(STEP), 'data-test': 'zoom-in' }, '+'),
    h('button', { type: 'button', 'aria-label': 'Zoom out', onClick: () => stage.zoom(1 / STEP), 'data-test': 'zoom-out' }, '−'),
    h('button', { type: 'button', onClick: stage.fit, 'data-test': 'zoom-fit' }, 'Fit'),
    children);
}

/*
 * model, edges, risks: what there is; level, opened, closed: which boxes are open; selected: {id} or {edge}; found(item).
 * act: {select(target, withShift), toggle(id, isOpen, alone)}.
 */
export function GraphPicture({ svg, found, selected, ends, act, subject, view, count, children, ...shown }) {
  const size = useSize(svg);
  const composed = useScene(shown, size);
  const drawing = composed?.drawing;
  const stage = useStage(svg, drawing, size, subject);
  const [hovered, setHovered] = useState(null);
  const [stop, setStop] = useState(null);
  const [withFocus, setWithFocus] = useState(null);
  const latest = useRef();
  const came = useRef(null);
  const known = (id) => (drawing?.items.has(id) ? id : null);

  // A box is opened and closed by a click on its title, a workload or a connection is selected.
  function click(target, withShift) {
    const item = target?.id && drawing.items.get(target.id);
    if (item?.one.children && !withShift) {
      act.toggle(target.id, item.open, drawing.narrow);
    }
    act.select(target, withShift);
  }
  latest.current = click;

  const visible = selected.id && composed ? composed.drawnFor.get(selected.id)?.id || selected.id : null;
  const drawnAs = (id) => id && composed?.drawnFor.get(id)?.id;
  const pair = [drawnAs(ends.from), drawnAs(ends.to)];
  // Whoever has chosen both ends wants to see these, wherever the pointer still is on one of them.
  const chosen = pair.every(Boolean) && pair[0] !== pair[1] && selected.id === ends.from && (!hovered || pair.includes(hovered.id)) && { pair };
  const target = chosen || hovered || withFocus || (selected.edge ? selected : visible && { id: visible });
  const lit = useMemo(() => composed && lighting(target, composed), [composed, target?.id, target?.edge, target?.pair?.join('\n')]);
  const tabStop = known(stop) || known(visible) || (drawing?.items.size ? first(drawing.items.values()).id : null);
  useMarks(svg, drawing?.items, { lit, found, selected: { ...selected, id: visible }, ends, stop: tabStop });
  useEffect(() => gestures(svg.current, stage, (next) =>
    setHovered((last) => (last?.id === next?.id && last?.edge === next?.edge ? last : next)),
  (one, shift) => latest.current(one, shift)), []);
  useEffect(() => {
    if (known(visible)) {
      setStop(visible);
      stage.reveal(drawing.items.get(visible));
    }
  }, [visible, drawing]);

  const onKeyDown = keys({ stage, drawing, drawn: composed?.drawn, svg, step: STEP, click, came, clear: () => act.select(null) });
  function onFocusIn(event) {
    const { id, edge } = event.target.dataset;
    setWithFocus((id || edge) && event.target.matches(':focus-visible') ? { id, edge } : null);
    if (id) {
      setStop(id);
    }
  }

  const ground = useMemo(() => composed && h(Ground, { key: 'ground', ...composed }), [composed]);
  const nodes = useMemo(() => composed && h(Nodes, { key: 'nodes', ...composed, degrees: degreesOf(composed.around) }), [composed]);
  const quiet = drawing?.narrow && composed.drawn.drawn.length > MOST_IF_NARROW;
  const looks = ['canvas', composed?.drawn.dense && 'dense', quiet && 'quiet'].filter(Boolean).join(' ');
  const said = composed ? `${drawing.items.size} boxes and ${composed.drawn.drawn.length} lines` : 'nothing yet';
  return h('div', { class: 'picture' },
    h('p', { id: 'graph-help', class: 'hint' },
      'Arrow keys go from box to box; Enter opens and closes a box, or selects a workload; E goes through the connections of what has '
      + 'the focus; Shift and Enter make a destination of another. Shift and arrow keys move the picture, + and - zoom, 0 shows all. '
      + 'The table says the same.'),
    h(Toolbar, { stage, count }, children),
    quiet && h('p', { class: 'quietly', 'data-test': 'graph-quiet' }, 'Touch a box to see its connections.'),
    h('svg', {
      ref: svg, class: looks, role: 'application', tabindex: 0, 'data-test': 'graph', 'aria-describedby': 'graph-help',
      'aria-label': `Picture with ${said}`, 'data-level': composed?.level,
      onKeyDown, onFocusIn, onFocusOut: () => setWithFocus(null),
    },
    ground,
    h('g', { key: 'lit', class: 'lit', 'aria-hidden': 'true' }, lit?.lines.map((line) => h(LitLine, { key: line.key, line }))),
    nodes,
    h('g', { key: 'lit-labels', class: 'lit-labels', 'aria-hidden': 'true' },
      lit?.lines.filter(({ label }) => label).map((line) => h(Label, { key: line.key, line })))),
    composed && h(Interactive, { view }));
}
