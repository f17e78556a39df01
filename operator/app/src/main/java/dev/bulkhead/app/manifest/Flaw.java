package dev.bulkhead.app.manifest;

/**
 * Something wrong with a document or an item of a list, before it is known what that was to be.
 *
 * @param line from 1 on
 */
record Flaw(int line, String message) {}
