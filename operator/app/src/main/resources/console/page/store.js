import { useEffect, useState } from './preact.js';

// A value that others can watch.
export function store(initial) {
  let value = initial;
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const watcher of [...watchers]) {
        watcher(next);
      }
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

export function useStore(source) {
  const [value, setValue] = useState(source.get());
  useEffect(() => {
    // It may have changed between the rendering and this effect.
    setValue(source.get());
    return source.watch(setValue);
  }, [source]);
  return value;
}
