package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.bulkhead.app.operator.ProductLog;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whatever goes wrong, the operator's log is Bulkhead's own lines: libraries write none. */
final class QuietLibraries implements BeforeEachCallback, AfterEachCallback {

    /** Bulkhead's own, and those that the fault proxy is made of. */
    private static final Set<String> OTHERS = Set.of("dev.bulkhead.", "io.vertx.", "io.netty.");

    private ProductLog log;

    @Override
    public void beforeEach(ExtensionContext context) {
        log = new ProductLog();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        log.close();
        assertEquals(
                List.of(),
                log.written().stream()
                        .filter(line -> OTHERS.stream().noneMatch(line.getLoggerName()::startsWith))
                        .map(ILoggingEvent::toString)
                        .toList());
    }

    /** The lines with this message and this pair, in the order in which they were written. */
    List<ILoggingEvent> written(String message, String key, String value) {
        return log.written().stream()
                .filter(line -> line.getMessage().equals(message)
                        && line.getKeyValuePairs().stream()
                                .anyMatch(pair -> pair.key.equals(key) && value.equals(pair.value)))
                .toList();
    }

    /** Whether a library wanted to warn of this. */
    boolean heldBack(String beginning) {
        return log.heldBack().stream().anyMatch(message -> message.startsWith(beginning));
    }
}
