package dev.bulkhead.app.operator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Sends the log to standard error. */
final class Logging {

    /** Warns with a stack trace at every attempt of what we say once. */
    private static final String RETRIES = "io.javaoperatorsdk.operator.processing.event";

    /** Warns of every kind of ours, at each start, that its version is not stable yet. */
    private static final String VERSIONS = "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils";

    /** Warns several times for each connection that breaks, which the watches say once. */
    private static final String CONNECTIONS = "io.fabric8.kubernetes.client.jdkhttp";

    /** Warns with a stack trace at every attempt to watch a kind again, which we say once a minute. */
    private static final String WATCHES = "io.fabric8.kubernetes.client.informers.impl.cache.Reflector";

    private Logging() {}

    static void configure(LogLevel level, LogFormat format) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        boolean text = format == LogFormat.TEXT || (format == LogFormat.AUTO && CommandLine.Help.Ansi.AUTO.enabled());
        LogEncoder encoder = text ? LogEncoder.text() : LogEncoder.json();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level ours = Level.valueOf(level.name());
        // Libraries warn, whatever we say.
        root.setLevel(ours.isGreaterOrEqual(Level.WARN) ? ours : Level.WARN);
        root.addAppender(appender);
        context.getLogger("dev.bulkhead").setLevel(ours);
        context.getLogger(VERSIONS).setLevel(Level.ERROR);
        if (ours.isGreaterOrEqual(Level.INFO)) {
            context.getLogger(RETRIES).setLevel(Level.ERROR);
            context.getLogger(CONNECTIONS).setLevel(Level.ERROR);
            context.getLogger(WATCHES).setLevel(Level.ERROR);
        }
    }
}
