/** From what is there and what is asked to policies and states: one pass of small steps, pure, the same bytes for the same inputs. */
package dev.bulkhead.core.compile;
