package dev.bulkhead.app.operator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
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

    /** Tells with an error of each that the API server sends in a watch, which goes on at once where it was. */
    private static final String ERRORS_IN_WATCHES = "io.fabric8.kubernetes.client.dsl.internal.AbstractWatchManager";

    private static final String ERROR_IN_WATCH = "Error received: {}, will retry";

    private Logging() {}

    /** Leaves out one message of a logger whose other errors are worth a line. */
    private static final class WithoutErrorsInWatches extends TurboFilter {

        @Override
        public FilterReply decide(
                Marker marker, Logger logger, Level level, String message, Object[] parameters, Throwable cause) {
            return ERROR_IN_WATCH.equals(message) && logger.getName().equals(ERRORS_IN_WATCHES)
                    ? FilterReply.DENY
                    : FilterReply.NEUTRAL;
        }
    }

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
            TurboFilter withoutErrors = new WithoutErrorsInWatches();
            withoutErrors.setContext(context);
            withoutErrors.start();
            context.addTurboFilter(withoutErrors);
        }
    }
}
