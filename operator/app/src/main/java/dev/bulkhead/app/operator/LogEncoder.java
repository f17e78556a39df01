package dev.bulkhead.app.operator;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Writes each event as one line, which no text in it can break or forge. Logback's own JSON has pairs nested and no bounds. */
final class LogEncoder extends EncoderBase<ILoggingEvent> {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern PLAIN = Pattern.compile("[^\\s\"=\\\\\\p{Cntrl}]+");

    private final Function<LogLine, String> format;

    private LogEncoder(Function<LogLine, String> format) {
        this.format = format;
    }

    static LogEncoder json() {
        return new LogEncoder(LogEncoder::asJson);
    }

    static LogEncoder text() {
        return new LogEncoder(LogEncoder::asText);
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return (format.apply(LogLine.of(event)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    private static String asJson(LogLine line) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("time", line.time());
            json.writeStringField("level", line.level());
            json.writeStringField("logger", line.logger());
            json.writeStringField("message", line.message());
            for (Map.Entry<String, Object> field : line.fields().entrySet()) {
                json.writeObjectField(field.getKey(), field.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String asText(LogLine line) {
        StringBuilder text = new StringBuilder(line.time())
                .append(' ')
                .append(String.format("%-5s", line.level()))
                .append(' ')
                .append(line.logger())
                .append(' ')
                .append(line.message().contains("=") ? quoted(line.message()) : escaped(line.message()));
        line.fields()
                .forEach(
                        (key, value) -> text.append(' ').append(key).append('=').append(word(value.toString())));
        return text.toString();
    }

    private static String word(String value) {
        return PLAIN.matcher(value).matches() ? value : quoted(value);
    }

    private static String quoted(String value) {
        return '"' + escaped(value.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.chars().forEach(character -> {
            switch (character) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (Character.isISOControl(character)) {
                        escaped.append(String.format("\\u%04x", character));
                    } else {
                        escaped.append((char) character);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
