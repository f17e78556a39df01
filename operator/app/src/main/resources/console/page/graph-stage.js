import { useLayoutEffect, useMemo, useRef, useState } from './preact.js';
import { fit, isWhole, reveal, zoom } from './graph-view.js';

// The size of an element, and null until it is known.
export function useSize(element) {
  const [size, setSize] = useState(null);
  useLayoutEffect(() => {
    const measure = () => {
      const { width, height } = element.current.getBoundingClientRect();
      setSize((known) => (known && known.width === width && known.height === height ? known
        : { width: Math.max(1, width), height: Math.max(1, height) }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return size;
}

/*
 * The part of the drawing that is seen is an attribute that changes sixty times a second while somebody drags: it is
 * set on the element, past Preact.
 */
export function useStage(svg, drawing, size, subject) {
  const view = useRef(null);
  // Whoever sees all of it, and has not moved it, sees all of it when it changes, too.
  const fitted = useRef(true);
  const latest = useRef();
  latest.current = { drawing, size };
  const stage = useMemo(() => ({
    view: () => view.current,
    size: () => latest.current.size,
    drawing: () => latest.current.drawing,
    show(next) {
      fitted.current = false;
      view.current = next;
      svg.current.setAttribute('viewBox', `${next.x} ${next.y} ${next.width} ${next.height}`);
      // Fingers scroll the page where all of the picture is seen.
      svg.current.classList.toggle('whole', isWhole(next, latest.current.drawing));
    },
    fit() {
      stage.show(fit(stage.drawing(), stage.size()));
      fitted.current = true;
    },
    zoom: (factor) => stage.show(zoom(view.current, factor, stage.size())),
    reveal: (item) => item && view.current && stage.show(reveal(view.current, item)),
  }), []);
  useLayoutEffect(() => {
    fitted.current = true;
  }, [subject]);
  useLayoutEffect(() => {
    if (!drawing) {
      return;
    }
    if (fitted.current || !view.current) {
      stage.fit();
    } else {
      const width = view.current.height * size.width / size.height;
      stage.show({ ...view.current, width });
    }
  }, [drawing, size, subject]);
  return stage;
}
