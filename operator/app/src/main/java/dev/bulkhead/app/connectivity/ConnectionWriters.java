package dev.bulkhead.app.connectivity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.bulkhead.app.terminal.Csv;
import dev.bulkhead.app.terminal.Markdown;
import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.app.wording.EndInWords;
import dev.bulkhead.app.wording.PortsInWords;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** One writer for each format: text, Markdown and DOT are worded for people, JSON and CSV have the exact form. */
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
        public void write(String source, String destination, String ports) throws IOException {
            out.write(Printable.line(EndInWords.of(source)));
            out.write(" => ");
            out.write(Printable.line(EndInWords.of(destination)));
            out.write(" : ");
            out.write(Printable.line(PortsInWords.of(ports)));
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
        public void write(String source, String destination, String ports) throws IOException {
            json.writeStartObject();
            json.writeStringField("src", source);
            json.writeStringField("dst", destination);
            json.writeStringField("conn", ports);
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
        public void write(String source, String destination, String ports) throws IOException {
            out.write(Csv.row(List.of(source, destination, ports)));
        }
    }

    private record MarkdownTable(Writer out) implements ConnectionWriter {
        @Override
        public void begin() throws IOException {
            out.write(Markdown.heading(List.of("source", "destination", "connections")));
        }

        @Override
        public void write(String source, String destination, String ports) throws IOException {
            out.write(Markdown.row(List.of(EndInWords.of(source), EndInWords.of(destination), PortsInWords.of(ports))));
        }
    }

    private record Dot(Writer out) implements ConnectionWriter {
        @Override
        public void begin() throws IOException {
            out.write("digraph connectivity {\n  rankdir=LR;\n  node [shape=box];\n");
        }

        @Override
        public void write(String source, String destination, String ports) throws IOException {
            out.write("  " + quoted(EndInWords.of(source)) + " -> " + quoted(EndInWords.of(destination)) + " [label="
                    + quoted(PortsInWords.of(ports)) + "];\n");
        }

        @Override
        public void end() throws IOException {
            out.write("}\n");
        }

        private static String quoted(String text) {
            return '"' + Printable.line(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }
}
