package dev.bulkhead.app.connectivity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.bulkhead.core.reach.Connection;
import java.io.IOException;
import java.io.Writer;

/** One writer for each format. */
final class ConnectionWriters {

    private ConnectionWriters() {}

    static ConnectionWriter of(Format format, Writer out) throws IOException {
        return switch (format) {
            case TEXT -> new Text(out);
            case JSON -> new Json(out);
            case CSV -> new Csv(out);
            case MD -> new Markdown(out);
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

    private record Csv(Writer out) implements ConnectionWriter {
        @Override
        public void begin() throws IOException {
            out.write("src,dst,conn\n");
        }

        @Override
        public void write(Connection connection) throws IOException {
            out.write(quoted(connection.source().label()));
            out.write(',');
            out.write(quoted(connection.destination().label()));
            out.write(',');
            out.write(quoted(connection.ports().toString()));
            out.write('\n');
        }

        /** RFC 4180. */
        private static String quoted(String text) {
            boolean plain = text.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter < ' ');
            return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
        }
    }

    private record Markdown(Writer out) implements ConnectionWriter {
        @Override
        public void begin() throws IOException {
            out.write("| source | destination | connections |\n|---|---|---|\n");
        }

        @Override
        public void write(Connection connection) throws IOException {
            out.write("| " + escaped(connection.source().label()) + " | "
                    + escaped(connection.destination().label()) + " | "
                    + escaped(connection.ports().toString())
                    + " |\n");
        }

        private static String escaped(String text) {
            return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
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
