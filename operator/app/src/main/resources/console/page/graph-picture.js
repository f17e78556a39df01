import { h, useEffect, useLayoutEffect, useMemo, useRef, useState } from './preact.js';
import { strokes } from './graph-curves.js';
import { Ground, LitEdges, LitLabels, Nodes } from './graph-drawing.js';
import { gestures } from './graph-gestures.js';
import { layout } from './graph-layout.js';
import { direction, fit, neighbour, pan, reshape, reveal, zoom } from './graph-view.js';

const STEP = 1.3;
const FAR = 0.6;

// id -> {out, into, edges}
function neighbourhood(edges) {
  const around = new Map();
  const at = (id) => around.get(id) || around.set(id, { out: 0, into: 0, edges: [] }).get(id);
  for (const edge of edges) {
    at(edge.from).out++;
    at(edge.from).edges.push(edge);
    at(edge.to).into++;
    if (edge.to !== edge.from) {
      at(edge.to).edges.push(edge);
    }
  }
  return around;
}

/*
 * The part of the drawing that is seen is an attribute that changes sixty times a second while somebody drags: it is
 * set on the element, past Preact.
 */
function useStage(svg, drawing, subject) {
  const view = useRef(null);
  const size = useRef({ width: 1, height: 1 });
  // Whoever sees all of it, and has not moved it, sees all of it in a window of another shape, too.
  const fitted = useRef(true);
  const latest = useRef();
  latest.current = drawing;
  const stage = useMemo(() => ({
    view: () => view.current,
    size: () => size.current,
    drawing: () => latest.current,
    show(next) {
      fitted.current = false;
      view.current = next;
      const scale = size.current.width / next.width;
      svg.current.setAttribute('viewBox', `${next.x} ${next.y} ${next.width} ${next.height}`);
      svg.current.classList.toggle('far', scale < FAR);
      // Titles and names stay legible from afar, as far as the boxes have room for them.
      svg.current.style.setProperty('--title', `${Math.min(24, Math.max(13, 12 / scale))}px`);
      svg.current.style.setProperty('--name', `${Math.min(30, Math.max(12, 11 / scale))}px`);
    },
    fit() {
      stage.show(fit(latest.current, size.current));
      fitted.current = true;
    },
    zoom: (factor) => stage.show(zoom(view.current, factor, latest.current, size.current)),
  }), []);

  useLayoutEffect(() => {
    const measure = () => {
      const { width, height } = svg.current.getBoundingClientRect();
      size.current = { width: Math.max(1, width), height: Math.max(1, height) };
    };
    measure();
    const observer = new ResizeObserver(() => {
      measure();
      if (fitted.current) {
        stage.fit();
      } else {
        stage.show(reshape(view.current, size.current));
      }
    });
    observer.observe(svg.current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(stage.fit, [subject]);
  return stage;
}

// What changes with every move of the mouse is marked on the elements: 500 nodes are not rendered again for it.
function useMarks(svg, drawing, { lit, around, found, focus, ends, stop }) {
  useLayoutEffect(() => {
    const near = new Set(lit ? [lit, ...(around.get(lit)?.edges || []).flatMap(({ from, to }) => [from, to])] : []);
    svg.current.classList.toggle('has-lit', !!lit);
    for (const element of svg.current.querySelectorAll('[data-id]')) {
      const { id } = element.dataset;
      element.classList.toggle('near', near.has(id));
      element.classList.toggle('missed', !!found && !found.has(id));
      element.classList.toggle('found', !!found && found.has(id));
      element.classList.toggle('selected', id === focus);
      element.classList.toggle('source', id === ends.from);
      element.classList.toggle('destination', id === ends.to);
      element.setAttribute('aria-pressed', id === focus);
      element.setAttribute('tabindex', id === stop ? 0 : -1);
    }
  }, [drawing, lit, around, found, focus, ends, stop]);
}

export function GraphPicture({ graph, edges, found, focus, ends, select, subject }) {
  const svg = useRef();
  const drawing = useMemo(() => layout(graph), [graph]);
  const drawn = useMemo(() => strokes(edges, drawing.nodes), [edges, drawing]);
  const around = useMemo(() => neighbourhood(edges), [edges]);
  const stage = useStage(svg, drawing, subject);
  const [hovered, setHovered] = useState(null);
  const [stop, setStop] = useState(focus);
  const [withFocus, setWithFocus] = useState(false);
  const latest = useRef();
  latest.current = select;

  const known = (id) => (drawing.nodes.has(id) ? id : null);
  const tabStop = known(stop) || known(focus) || drawing.nodes.keys().next().value;
  const lit = known(hovered) || (withFocus && known(stop)) || known(focus);
  useMarks(svg, drawing, { lit, around, found, focus, ends, stop: tabStop });
  useEffect(() => gestures(svg.current, stage, setHovered, (id, shift) => latest.current(id, shift)), []);
  useEffect(() => {
    if (known(focus)) {
      setStop(focus);
      stage.show(reveal(stage.view(), drawing.nodes.get(focus)));
    }
  }, [focus]);

  function focusOn(leaf) {
    stage.show(reveal(stage.view(), leaf));
    svg.current.querySelector(`[data-id="${CSS.escape(leaf.id)}"]`).focus({ preventScroll: true });
  }

  function onKeyDown(event) {
    const way = direction(event.key);
    const id = event.target.closest('[data-id]')?.dataset.id;
    const actions = {
      '+': () => stage.zoom(STEP), '=': () => stage.zoom(STEP), '-': () => stage.zoom(1 / STEP), 0: stage.fit,
      Escape: () => select(null),
    };
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (way && (event.shiftKey || !id)) {
      const view = stage.view();
      stage.show(pan(view, way[0] * view.width / 8, way[1] * view.height / 8));
    } else if (way) {
      const next = neighbour(drawing.nodes.values(), drawing.nodes.get(id), way);
      if (next) {
        focusOn(next);
      }
    } else if (id && (event.key === 'Enter' || event.key === ' ')) {
      select(id, event.shiftKey);
    } else if (actions[event.key]) {
      actions[event.key]();
    } else {
      return;
    }
    event.preventDefault();
  }

  function onFocusIn(event) {
    const id = event.target.closest('[data-id]')?.dataset.id;
    setWithFocus(!!id && event.target.matches(':focus-visible'));
    if (id) {
      setStop(id);
    }
  }

  const ground = useMemo(() => h(Ground, { key: 'ground', drawing, drawn }), [drawing, drawn]);
  const everyNode = useMemo(() => h(Nodes, { key: 'nodes', drawing, drawn, around }), [drawing, drawn, around]);
  const litEdges = (lit && around.get(lit)?.edges || []).filter(({ from, to }) => known(from) && known(to));
  return h('div', { class: 'picture' },
    h('p', { id: 'graph-help', class: 'hint' },
      'Arrow keys go from node to node, Enter selects; Shift and Enter, or Shift and a click, make a destination of another. '
      + 'Shift and arrow keys move the picture, + and - zoom, 0 shows all. The table says the same.'),
    h('div', { class: 'zoom' },
      h('button', { type: 'button', 'aria-label': 'Zoom in', onClick: () => stage.zoom(STEP), 'data-test': 'zoom-in' }, '+'),
      h('button', { type: 'button', 'aria-label': 'Zoom out', onClick: () => stage.zoom(1 / STEP), 'data-test': 'zoom-out' }, '−'),
      h('button', { type: 'button', onClick: stage.fit, 'data-test': 'zoom-fit' }, 'Fit')),
    h('svg', {
      ref: svg, class: 'canvas', role: 'application', tabindex: 0, 'data-test': 'graph', 'aria-describedby': 'graph-help',
      'aria-label': `Picture of ${graph.nodes.length} nodes and ${edges.length} connections`,
      onKeyDown, onFocusIn, onFocusOut: () => setWithFocus(false),
    },
    ground,
    h(LitEdges, { key: 'lit', edges: litEdges, nodes: drawing.nodes }),
    everyNode,
    h(LitLabels, { key: 'labels', edges: litEdges, nodes: drawing.nodes })));
}
