/** What is printed: for people as wide as the terminal is and coloured where there is one, and never more than text. */
package dev.bulkhead.app.terminal;
