package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Libraries say nothing at every attempt of what Bulkhead says once. */
class LoggingTest {

    @AfterEach
    void restore() throws JoranException {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        new ContextInitializer(context).autoConfig();
    }

    @ParameterizedTest
    @CsvSource({
        "io.javaoperatorsdk.operator.processing.event.EventProcessor, Uncaught error during event processing",
        "io.fabric8.kubernetes.client.jdkhttp.JdkWebSocketImpl, Queued close did not succeed",
        "io.fabric8.kubernetes.client.jdkhttp.JdkWebSocketImpl, Aborting WebSocket",
    })
    void warningsOfLibrariesAreLeftOutUnlessSomebodyLooksForADefect(String logger, String message) throws IOException {
        assertTrue(says(logger, message), logger + " no longer says '" + message + "': find out who does");
        for (LogLevel level : LogLevel.values()) {
            Logging.configure(level, LogFormat.TEXT);
            Logger library = LoggerFactory.getLogger(logger);
            assertEquals(level.compareTo(LogLevel.DEBUG) >= 0, library.isWarnEnabled(), level::name);
            assertTrue(library.isErrorEnabled(), level::name);
        }
    }

    @Test
    void anErrorThatTheApiServerSendsInAWatchIsLeftOutAndOtherErrorsOfThatLoggerAreNot() throws IOException {
        String logger = "io.fabric8.kubernetes.client.dsl.internal.AbstractWatchManager";
        String message = "Error received: {}, will retry";
        assertTrue(says(logger, message), logger + " no longer says '" + message + "': find out who does");
        try (ProductLog log = new ProductLog()) {
            LoggerFactory.getLogger(logger).error(message, "a Status");
            LoggerFactory.getLogger(logger).error("Exception in reconnect");
            assertEquals(
                    List.of("Exception in reconnect"),
                    log.written().stream().map(ILoggingEvent::getMessage).toList());
        }
    }

    private static boolean says(String type, String message) throws IOException {
        try (InputStream code = LoggingTest.class.getResourceAsStream("/" + type.replace('.', '/') + ".class")) {
            return new String(code.readAllBytes(), StandardCharsets.ISO_8859_1).contains(message);
        }
    }
}
