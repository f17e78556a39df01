package dev.bulkhead.app.operator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Sends the log of this JVM where the operator sends it, and remembers what was written and what was held back. */
public final class ProductLog implements AutoCloseable {

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final List<ILoggingEvent> written = new CopyOnWriteArrayList<>();
    private final List<String> heldBack = new CopyOnWriteArrayList<>();

    /** With what the operator is given unless somebody says otherwise. */
    public ProductLog() {
        Logging.configure(LogLevel.INFO, LogFormat.TEXT);
        AppenderBase<ILoggingEvent> memory = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                written.add(event);
            }
        };
        memory.setContext(context);
        memory.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(memory);
        TurboFilter warnings = new TurboFilter() {
            @Override
            public FilterReply decide(
                    Marker marker, Logger logger, Level level, String message, Object[] parameters, Throwable e) {
                if (message != null
                        && level.isGreaterOrEqual(Level.WARN)
                        && !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
                    heldBack.add(message);
                }
                return FilterReply.NEUTRAL;
            }
        };
        warnings.setContext(context);
        warnings.start();
        context.addTurboFilter(warnings);
    }

    public List<ILoggingEvent> written() {
        return List.copyOf(written);
    }

    /** The warnings and errors that no line was made of, as they are in the code. */
    public List<String> heldBack() {
        return List.copyOf(heldBack);
    }

    @Override
    public void close() {
        context.reset();
        try {
            new ContextInitializer(context).autoConfig();
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
    }
}
