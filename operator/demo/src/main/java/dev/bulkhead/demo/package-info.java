/** The story that the README's first command tells: a shop, an operator, and what is open between whom. */
package dev.bulkhead.demo;
