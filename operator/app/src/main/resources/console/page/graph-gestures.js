import { isWhole, pan, zoom } from './graph-view.js';

const CLICK = 4;

/*
 * Wheel, mouse and fingers on the picture. `stage` has view, drawing and size, and show(view); `hover(target)` and
 * `click(target, withShift)` tell of nodes, {id}, of connections, {edge}, and by null of the ground between them.
 */
export function gestures(svg, stage, hover, click) {
  const pointers = new Map();
  let moved = 0;

  function targetOf(event) {
    const { id, edge } = event.target.closest('[data-id], [data-edge]')?.dataset || {};
    return id === undefined && edge === undefined ? null : { id, edge };
  }

  function at(event) {
    const box = svg.getBoundingClientRect();
    const view = stage.view();
    return { x: view.x + (event.clientX - box.x) * view.width / box.width, y: view.y + (event.clientY - box.y) * view.height / box.height };
  }

  const rescale = (factor, point) => stage.show(zoom(stage.view(), factor, stage.size(), point));
  const drag = (x, y) => {
    const view = stage.view();
    stage.show(pan(view, x * view.width / stage.size().width, y * view.height / stage.size().height, stage.drawing()));
  };

  // The wheel zooms with Ctrl, which is what a pinch on a touchpad sends. Else it moves the picture, or the page where all of
  // the picture is seen.
  function wheel(event) {
    const zooms = event.ctrlKey || event.metaKey;
    if (!zooms && isWhole(stage.view(), stage.drawing())) {
      return;
    }
    event.preventDefault();
    if (zooms) {
      rescale(Math.exp(-Math.max(-100, Math.min(100, event.deltaY)) / 150), at(event));
    } else {
      drag(event.shiftKey ? event.deltaY : event.deltaX, event.shiftKey ? 0 : event.deltaY);
    }
  }

  function down(event) {
    if (event.button === 0) {
      pointers.set(event.pointerId, event);
      moved = 0;
    }
  }

  function move(event) {
    const last = pointers.get(event.pointerId);
    if (!last) {
      hover(targetOf(event));
      return;
    }
    const [x, y] = [event.clientX - last.clientX, event.clientY - last.clientY];
    moved += Math.abs(x) + Math.abs(y);
    if (moved <= CLICK) {
      return;
    }
    // Only now: a captured pointer's click would no longer tell which node it was on.
    svg.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, event);
    const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    if (other) {
      const distance = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      rescale(distance(event) / Math.max(1, distance(last)), at(event));
    } else {
      drag(-x, -y);
    }
  }

  function up(event) {
    pointers.delete(event.pointerId);
  }

  function clicked(event) {
    if (moved <= CLICK) {
      click(targetOf(event), event.shiftKey);
    }
  }

  const listeners = {
    wheel, click: clicked, pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, pointerleave: () => hover(null),
  };
  // Not passive: the page must not scroll under a picture that moves.
  Object.entries(listeners).forEach(([type, listener]) => svg.addEventListener(type, listener, { passive: false }));
  return () => Object.entries(listeners).forEach(([type, listener]) => svg.removeEventListener(type, listener));
}
