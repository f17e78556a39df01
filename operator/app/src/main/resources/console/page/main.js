import { h, render } from './preact.js';
import { App } from './app.js';
import { applyKeptTheme } from './theme.js';
import { startEvents } from './events.js';

applyKeptTheme();
render(h(App), document.getElementById('app'));
startEvents();
