package dev.bulkhead.app.connectivity;

import dev.bulkhead.core.reach.Connection;
import java.io.IOException;

/** Writes connections one after the other as they come; nothing is kept. */
public interface ConnectionWriter {

    default void begin() throws IOException {}

    void write(Connection connection) throws IOException;

    default void end() throws IOException {}
}
