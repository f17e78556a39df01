package dev.bulkhead.app.operator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import dev.bulkhead.cluster.log.LogKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.event.KeyValuePair;

/**
 * What a line says, in whichever format: every text bounded, without credentials, and without characters that a reader would not
 * see or that turn what they see around. Messages of ours are constants; values may be tenants' text.
 *
 * @param fields numbers, truths and texts, in order
 */
record LogLine(String time, String level, String logger, String message, Map<String, Object> fields) {

    static final int MAXIMUM_TEXT = 1000;
    static final int MAXIMUM_STACK = 4000;
    private static final int LONGEST_CREDENTIAL = 4000;
    private static final int FRAMES_OF_EACH = 12;
    private static final int CAUSES = 5;
    /** What the formats themselves write. */
    private static final List<String> OWN = List.of("time", "level", "logger", "message");

    /**
     * Nothing of ours logs credentials. This is for text by others, such as errors of libraries that repeat a request: what
     * follows Bearer, Basic or the name of such a header, tokens that look like a service account's, and what URLs have for
     * users.
     */
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)(?<=\\b(?:bearer|basic)[ +])[^\\s\"',;)}\\]]+"
            + "|(?<=\\bauthorization\"?[:=] ?\"?)(?!bearer |basic )[^\\s\"',;)}\\]]+"
            + "|\\beyJ[\\w-]{6,}\\.[\\w-]+(?:\\.[\\w-]*)?"
            + "|(?<=\\b(?:password|token|client-key-data|client-certificate-data)\"?[:=] ?\"?)[^\\s\"',;)}\\]]+"
            + "|(?<=://)[^\\s/@]+(?=@)");

    static LogLine of(ILoggingEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (KeyValuePair pair : Objects.requireNonNullElse(event.getKeyValuePairs(), List.<KeyValuePair>of())) {
            if (!OWN.contains(pair.key)) {
                fields.put(pair.key, value(pair.value));
            }
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            fields.put(LogKey.ERROR, text(brief(thrown), MAXIMUM_TEXT));
            if (isUnexpected(event)) {
                fields.put(LogKey.STACK, text(stack(thrown), MAXIMUM_STACK));
            }
        }
        return new LogLine(
                event.getInstant().toString(),
                event.getLevel().toString(),
                event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1),
                text(event.getFormattedMessage(), MAXIMUM_TEXT),
                fields);
    }

    /** Libraries warn with an exception of what they try again: an API server that is away would fill pages. */
    private static boolean isUnexpected(ILoggingEvent event) {
        return event.getLoggerName().startsWith("dev.bulkhead.")
                || event.getLevel().equals(Level.ERROR);
    }

    private static Object value(Object value) {
        return value instanceof Number || value instanceof Boolean ? value : text(String.valueOf(value), MAXIMUM_TEXT);
    }

    private static String text(String text, int maximum) {
        // Cut first, so that the longest text costs little more than a long one; again since a credential may begin
        // before the end.
        String some = cut(text, maximum + LONGEST_CREDENTIAL);
        return visible(cut(CREDENTIALS.matcher(some).replaceAll("***"), maximum));
    }

    private static String cut(String text, int maximum) {
        return text.length() <= maximum ? text : text.substring(0, maximum - 1) + "…";
    }

    /** Line breaks and other control characters are left to the formats. */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            int type = Character.getType(character);
            boolean hidden = type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            if (hidden) {
                visible.append(String.format("\\u%04x", character));
            } else {
                visible.appendCodePoint(character);
            }
        });
        return visible.toString();
    }

    private static String brief(IThrowableProxy thrown) {
        String type = thrown.getClassName();
        return type.substring(type.lastIndexOf('.') + 1)
                + (thrown.getMessage() == null ? "" : ": " + thrown.getMessage());
    }

    private static String stack(IThrowableProxy thrown) {
        List<String> lines = new ArrayList<>();
        IThrowableProxy cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES; depth++) {
            if (depth > 0) {
                lines.add("caused by " + brief(cause));
            }
            StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
            for (int i = 0; i < Math.min(FRAMES_OF_EACH, frames.length); i++) {
                lines.add(frames[i].getSTEAsString());
            }
            cause = cause.getCause();
        }
        return String.join("\n", lines);
    }
}
