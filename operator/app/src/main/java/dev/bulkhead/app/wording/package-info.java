/** How ports, ends and counts are written for people; programs get the exact forms. */
package dev.bulkhead.app.wording;
