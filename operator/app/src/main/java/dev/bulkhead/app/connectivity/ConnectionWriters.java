package dev.bulkhead.app.connectivity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.bulkhead.app.terminal.Csv;
import dev.bulkhead.app.terminal.Markdown;
import dev.bulkhead.core.reach.Connection;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** One writer for each format. */
public final class ConnectionWriters {

    private ConnectionWriters() {}

    public static ConnectionWriter of(Format format, Writer out) throws IOException {
        return switch (format) {
            case TEXT -> new Text(out);
            case JSON -> new Json(out);
            case CSV -> new CommaSeparated(out);
            case MD -> new MarkdownTable(out);
            case DOT -> new Dot(out);
        };
    }

    private record Text(Writer out) implements ConnectionWriter {
        @Override
        public void write(Connection connection) throws IOException {
            out.write(connection.source().label());
            out.write(" => ");
            out.write(connection.destination().label());
            out.write(" : ");
            out.write(connection.ports().toString());
            out.write('\n');
        }
    }

    /** One connection a line. */
    private static final class Json implements ConnectionWriter {

        private final JsonGenerator json;

        Json(Writer out) throws IOException {
            this.json = new JsonFactory().createGenerator(out).setPrettyPrinter(new LinePrinter());
        }

        @Override
        public void begin() throws IOException {
            json.writeStartArray();
        }

        @Override
        public void write(Connection connection) throws IOException {
            json.writeStartObject();
            json.writeStringField("src", connection.source().label());
            json.writeStringField("dst", connection.destination().label());
            json.writeStringField("conn", connection.ports().toString());
            json.writeEndObject();
        }

        @Override
        public void end() throws IOException {
            json.writeEndArray();
            json.writeRaw('\n');
            json.flush();
        }
    }

    private record CommaSeparated(Writer out) implements ConnectionWriter {
        @Override
        public void begin() throws IOException {
            out.write("src,dst,conn\n");
        }

        @Override
        public void write(Connection connection) throws IOException {
            out.write(Csv.row(List.of(
                    connection.source().label(),
                    connection.destination().label(),
                    connection.ports().toString())));
        }
    }

    private record MarkdownTable(Writer out) implements ConnectionWriter {
        @Override
        public void begin() throws IOException {
            out.write(Markdown.heading(List.of("source", "destination", "connections")));
        }

        @Override
        public void write(Connection connection) throws IOException {
            out.write(Markdown.row(List.of(
                    connection.source().label(),
                    connection.destination().label(),
                    connection.ports().toString())));
        }
    }

    private record Dot(Writer out) implements ConnectionWriter {
        @Override
        public void begin() throws IOException {
            out.write("digraph connectivity {\n  rankdir=LR;\n  node [shape=box];\n");
        }

        @Override
        public void write(Connection connection) throws IOException {
            out.write("  " + quoted(connection.source().label()) + " -> "
                    + quoted(connection.destination().label()) + " [label="
                    + quoted(connection.ports().toString())
                    + "];\n");
        }

        @Override
        public void end() throws IOException {
            out.write("}\n");
        }

        private static String quoted(String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }
}
