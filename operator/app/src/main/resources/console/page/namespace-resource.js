import { namespace } from './api.js';
import { useResource } from './resource.js';

export function useNamespace(name) {
  return useResource(`namespace ${name}`, (options) => namespace(name, options), [name]);
}
