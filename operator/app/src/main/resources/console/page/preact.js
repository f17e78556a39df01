// Preact is loaded as a classic script before the modules; only this module knows that.
export const { h, render, Fragment } = globalThis.preact;
export const { useState, useEffect, useLayoutEffect, useMemo, useRef } = globalThis.preactHooks;
