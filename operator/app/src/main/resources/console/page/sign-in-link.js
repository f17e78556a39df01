import { keepToken, session } from './session.js';

const LINK = /^#\/sign-in\?token=([A-Za-z0-9._~+/-]+=*)$/;
const accepted = document.documentElement.hasAttribute('data-sign-in-links');

// The fragment is sent nowhere. It is taken off the address before anything else happens, accepted or not, so that neither the
// address nor an entry of Back keeps the token. Whoever is signed in stays who they are.
function take() {
  if (!location.hash.startsWith('#/sign-in')) {
    return;
  }
  const link = LINK.exec(location.hash);
  history.replaceState(null, '', '#/');
  if (link && accepted && !session.get().token) {
    keepToken(link[1]);
  }
}

take();
// Before the router, which is not to see it.
addEventListener('hashchange', take);
