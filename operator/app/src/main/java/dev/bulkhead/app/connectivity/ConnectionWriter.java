package dev.bulkhead.app.connectivity;

import dev.bulkhead.core.reach.Connection;
import java.io.IOException;

/** Writes connections one after the other as they come; nothing is kept. */
public interface ConnectionWriter {

    default void begin() throws IOException {}

    default void write(Connection connection) throws IOException {
        write(
                connection.source().label(),
                connection.destination().label(),
                connection.ports().toString());
    }

    /** Of which the texts come from elsewhere. */
    void write(String source, String destination, String ports) throws IOException;

    default void end() throws IOException {}
}
