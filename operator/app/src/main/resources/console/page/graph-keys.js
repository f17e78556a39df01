import { direction, first, neighbour, pan } from './graph-view.js';

const focusOn = (svg, attribute, value) =>
  svg.querySelector(`[${attribute}="${CSS.escape(value)}"]`)?.focus({ preventScroll: true });

/*
 * What keys do on the picture: arrows go from box to box, and to the ends of a connection; E goes from one connection of
 * what has the focus, which `came` keeps, to the next.
 */
export function keys({ stage, drawing, drawn, svg, step, click, clear, came }) {
  function go(item) {
    if (item) {
      stage.reveal(item);
      focusOn(svg.current, 'data-id', item.id);
    }
  }

  function toEnd(edge, [dx, dy]) {
    const line = drawn.drawn.find(({ key }) => key === edge);
    go(dx + dy < 0 ? line?.from : line?.to);
  }

  function nextEdge({ id, edge }, back) {
    const line = edge && drawn.drawn.find(({ key }) => key === edge);
    const at = line ? came.current || line.from.id : id;
    const item = drawing.items.get(at);
    const all = drawn.drawn.filter((one) => [one.from, one.to, one.cards.from, one.cards.to].includes(item)
      || (!item?.open && [one.from.id, one.to.id].includes(item?.parent?.id)));
    if (!all.length) {
      return;
    }
    const index = all.findIndex(({ key }) => key === edge);
    const next = all.at((index + (back ? -1 : 1) + all.length) % all.length);
    came.current = at;
    focusOn(svg.current, 'data-edge', next.key);
  }

  return (event) => {
    const way = direction(event.key);
    const { id, edge } = event.target.dataset;
    const actions = {
      '+': () => stage.zoom(step), '=': () => stage.zoom(step), '-': () => stage.zoom(1 / step), 0: stage.fit, Escape: clear,
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !drawing) {
      return;
    }
    if (way && event.shiftKey) {
      const view = stage.view();
      stage.show(pan(view, way[0] * view.width / 8, way[1] * view.height / 8, drawing));
    } else if (way && edge) {
      toEnd(edge, way);
    } else if (way) {
      go(id ? neighbour(drawing.items.values(), drawing.items.get(id), way) : first(drawing.items.values()));
    } else if ((id || edge) && (event.key === 'Enter' || event.key === ' ')) {
      click({ id, edge }, event.shiftKey);
    } else if ((id || edge) && event.key.toLowerCase() === 'e') {
      nextEdge({ id, edge }, event.shiftKey);
    } else if (actions[event.key]) {
      actions[event.key]();
    } else {
      return;
    }
    event.preventDefault();
  };
}
