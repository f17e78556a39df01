// First, since it looks at the address before anybody else does.
import './sign-in-link.js';
import { h, render } from './preact.js';
import { App } from './app.js';
import { applyKeptTheme } from './theme.js';
import { startEvents } from './events.js';

applyKeptTheme();
render(h(App), document.getElementById('app'));
startEvents();
