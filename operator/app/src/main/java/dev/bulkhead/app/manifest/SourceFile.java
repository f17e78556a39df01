package dev.bulkhead.app.manifest;

/**
 * A file and what is in it.
 *
 * @param name as it is shown to people
 */
public record SourceFile(String name, String text) {}
