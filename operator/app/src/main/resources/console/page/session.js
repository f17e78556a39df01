import { store } from './store.js';

const STORAGE_KEY = 'bulkhead.token';

// The token stays in this tab: neither other tabs nor the next start of the browser see it.
export const session = store({ token: sessionStorage.getItem(STORAGE_KEY), reason: null });

export function keepToken(token) {
  sessionStorage.setItem(STORAGE_KEY, token);
  session.set({ token, reason: null });
}

export function endSession(reason = null) {
  sessionStorage.removeItem(STORAGE_KEY);
  session.set({ token: null, reason });
}

// What kubectl proxy and the API server's proxy are sent as Authorization is theirs and does not get here.
export function authorization(token, path = location.pathname) {
  const header = path.includes('/proxy/') ? 'Bulkhead-Authorization' : 'Authorization';
  return { [header]: `Bearer ${token}` };
}
