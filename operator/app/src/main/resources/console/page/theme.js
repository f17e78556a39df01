import { h, useState } from './preact.js';

const STORAGE_KEY = 'bulkhead.theme';
const NEXT = { auto: 'light', light: 'dark', dark: 'auto' };

function keptTheme() {
  const kept = localStorage.getItem(STORAGE_KEY);
  return kept in NEXT ? kept : 'auto';
}

export function applyKeptTheme() {
  document.documentElement.dataset.theme = keptTheme();
}

export function ThemeButton() {
  const [theme, setTheme] = useState(keptTheme());
  const change = () => {
    localStorage.setItem(STORAGE_KEY, NEXT[theme]);
    applyKeptTheme();
    setTheme(NEXT[theme]);
  };
  return h('button', { type: 'button', class: 'quiet', onClick: change, 'data-test': 'theme', 'data-theme': theme },
    `Theme: ${theme}`);
}
