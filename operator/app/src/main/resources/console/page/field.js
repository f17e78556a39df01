import { useLayoutEffect, useRef } from './preact.js';

// For a field that follows the address, but not while somebody is typing: a new value replaces what stands in it, and
// the field itself, which may have the focus, stays.
export function useField(value) {
  const field = useRef();
  useLayoutEffect(() => {
    field.current.value = value;
  }, [value]);
  return field;
}
