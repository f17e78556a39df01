/** The console: what is declared, written and allowed, over HTTP, for those who may see it; nothing can be changed here. */
package dev.bulkhead.app.console;
