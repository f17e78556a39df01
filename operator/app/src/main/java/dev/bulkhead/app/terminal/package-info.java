/** Output for people: as wide as the terminal is, coloured where there is one. */
package dev.bulkhead.app.terminal;
