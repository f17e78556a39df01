package dev.bulkhead.cluster.log;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.bulkhead.cluster.SetClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

class LogQuotaTest {

    private final SetClock clock = new SetClock();
    private final LogQuota quota = new LogQuota(clock);
    private final Logger logger = mock(Logger.class);
    private final LoggingEventBuilder line = mock(LoggingEventBuilder.class, RETURNS_SELF);

    @BeforeEach
    void everyLevelIsWritten() {
        when(logger.isEnabledForLevel(any())).thenReturn(true);
        when(logger.atLevel(any())).thenReturn(line);
    }

    private void lines(String namespace, int number) {
        IntStream.range(0, number)
                .forEach(i -> quota.line(logger, Level.INFO, namespace).log("Something happened"));
    }

    @Test
    void aNamespaceThatFloodsHasItsShareAndTheRestIsDebug() {
        lines("shop", LogQuota.AT_ONCE + 50);

        verify(logger, times(LogQuota.AT_ONCE)).atLevel(Level.INFO);
        verify(logger, times(50)).atLevel(Level.DEBUG);
        verify(line, never()).addKeyValue(eq(LogKey.SUPPRESSED), any(Object.class));
    }

    @Test
    void theNextLineSaysHowManyWereLeftOut() {
        lines("shop", LogQuota.AT_ONCE + 50);
        clock.advance(LogQuota.ONE_MORE);
        clearInvocations(line);

        lines("shop", 1);
        verify(line).addKeyValue(LogKey.SUPPRESSED, (Object) 50L);

        clearInvocations(line);
        clock.advance(LogQuota.ONE_MORE);
        lines("shop", 1);
        verify(line, never()).addKeyValue(eq(LogKey.SUPPRESSED), any(Object.class));
    }

    @Test
    void aClockThatIsSetBackLeavesNobodyWithoutLinesForLong() {
        lines("shop", LogQuota.AT_ONCE);
        clock.advance(Duration.ofHours(-3));
        lines("shop", 1);
        clearInvocations(logger);

        clock.advance(LogQuota.ONE_MORE);
        lines("shop", 1);
        verify(logger).atLevel(Level.INFO);
    }

    @Test
    void othersKeepTheirs() {
        lines("shop", LogQuota.AT_ONCE + 50);
        clearInvocations(logger);

        lines("pay", 10);

        verify(logger, times(10)).atLevel(Level.INFO);
    }

    @Test
    void theShareComesBackInTimeAndIsNotHoarded() {
        lines("shop", LogQuota.AT_ONCE);
        clock.advance(LogQuota.ONE_MORE.multipliedBy(100L * LogQuota.AT_ONCE));
        clearInvocations(logger);

        lines("shop", LogQuota.AT_ONCE + 1);

        verify(logger, times(LogQuota.AT_ONCE)).atLevel(Level.INFO);
        verify(logger).atLevel(Level.DEBUG);
    }

    @Test
    void whatIsNotWrittenAnywayTakesNothing() {
        when(logger.isEnabledForLevel(Level.INFO)).thenReturn(false);
        lines("shop", LogQuota.AT_ONCE);
        when(logger.isEnabledForLevel(Level.INFO)).thenReturn(true);
        clearInvocations(logger);

        lines("shop", LogQuota.AT_ONCE);

        verify(logger, times(LogQuota.AT_ONCE)).atLevel(Level.INFO);
    }
}
