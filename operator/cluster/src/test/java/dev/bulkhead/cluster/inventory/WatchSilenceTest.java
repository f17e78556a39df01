package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.OperatorSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchSilenceTest {

    private static final Duration LIMIT = OperatorSettings.DEFAULT_SILENCE_LIMIT;
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private long now = 1;
    private final WatchSilence silence = new WatchSilence(() -> now, LIMIT);
    private Object sign = new Object();
    private boolean onlyListed = true;

    @Test
    void f25_aWatchWhoseBookmarksStopIsToldSilentWithinNinetySeconds() {
        sign = new Object();
        look(LOOK);
        sign = new Object();
        Duration took = Duration.ZERO;
        while (!look(LOOK)) {
            took = took.plus(LOOK);
            assertTrue(took.compareTo(Duration.ofSeconds(90)) < 0, "not noticed");
        }
        assertTrue(silence.isTold());
        now += WatchSilence.TOLD.toNanos();
        assertFalse(silence.isTold());
    }

    @Test
    void aQuietKindOfWhichOnlyBookmarksComeIsNotSilent() {
        for (Duration time = Duration.ZERO; time.compareTo(Duration.ofHours(1)) < 0; time = time.plus(LOOK)) {
            if (time.toSeconds() % MINUTE.toSeconds() == 0) {
                sign = new Object();
            }
            assertFalse(look(LOOK));
            assertFalse(silence.isTold());
        }
    }

    @Test
    void aKindWithoutAnySignIsOpenedAnewEverMoreSeldomAndNothingIsSaidOfIt() {
        int reopened = 0;
        for (Duration time = Duration.ZERO; time.compareTo(Duration.ofHours(1)) < 0; time = time.plus(LOOK)) {
            if (look(LOOK)) {
                reopened++;
                sign = new Object();
            }
            assertFalse(silence.isTold());
        }
        assertTrue(reopened >= 6 && reopened <= 12, reopened + " times");
    }

    @Test
    void aSignAfterASilenceMakesItWatchClosely() {
        while (!look(LOOK)) {}
        sign = new Object();
        look(LOOK);
        sign = new Object();
        look(LOOK);
        int looks = 1;
        while (!look(LOOK)) {
            looks++;
        }
        assertEquals(LIMIT.toSeconds() / LOOK.toSeconds(), looks);
    }

    @Test
    void f25_aWatchThatIsSilencedAgainBeforeItHasShownASignIsOpenedAnewWithinNinetySeconds() {
        sign = new Object();
        look(LOOK);
        sign = new Object();
        look(LOOK);
        while (!look(LOOK)) {}
        sign = new Object();
        Duration took = Duration.ZERO;
        while (!look(LOOK)) {
            took = took.plus(LOOK);
            assertTrue(took.compareTo(Duration.ofSeconds(90)) < 0, "not opened anew");
        }
    }

    @Test
    void eventsThatComeWithTheListBetweenTwoLooksAreSignsOfTheWatch() {
        onlyListed = false;
        look(LOOK);
        while (!look(LOOK)) {}
        assertTrue(silence.isTold());
    }

    @Test
    void aWatchThatIsInterruptedIsNotSilentAsWell() {
        sign = new Object();
        look(LOOK);
        sign = new Object();
        look(LOOK);
        now += Duration.ofHours(1).toNanos();
        silence.beginAnew();
        assertFalse(look(LOOK));
        assertFalse(silence.isTold());
    }

    @Test
    void aWatchThatTheClientDoesNotOpenAgainIsOpenedAnewEverMoreSeldom() {
        List<Long> opened = new ArrayList<>();
        for (Duration time = Duration.ZERO; time.compareTo(Duration.ofMinutes(10)) < 0; time = time.plus(LOOK)) {
            if (closed(0)) {
                opened.add(time.toSeconds());
            }
        }
        assertTrue(opened.get(0) <= 20, "first after " + opened.get(0) + " s");
        assertTrue(opened.size() >= 4 && opened.size() <= 8, "after " + opened + " s");
    }

    @Test
    void aWatchWhoseListComesInIsLeftAlone() {
        for (int read = 0; read < 1_000; read++) {
            assertFalse(closed(read));
        }
    }

    @Test
    void aWatchThatOpensFromTimeToTimeIsLeftAlone() {
        for (int times = 0; times < 100; times++) {
            assertFalse(closed(0));
            assertFalse(closed(0));
            sign = new Object();
            assertFalse(look(LOOK));
        }
    }

    @Test
    void anApiServerThatIsAwayIsNotTheClientsFault() {
        for (int times = 0; times < 100; times++) {
            assertFalse(closed(0));
            silence.beginAnew();
        }
    }

    @Test
    void theAgeOfTheLastSignGrowsUntilThereIsAnother() {
        look(LOOK);
        assertEquals(Duration.ZERO, silence.sinceLastSign());
        now += 7_000_000_000L;
        assertEquals(Duration.ofSeconds(7), silence.sinceLastSign());
        sign = new Object();
        look(Duration.ZERO);
        assertEquals(Duration.ZERO, silence.sinceLastSign());
    }

    @Test
    void anInterruptedWatchShowsNothingHoweverOftenItIsTriedAgain() {
        look(LOOK);
        for (int times = 0; times < 10; times++) {
            closed(0);
            now += 1;
            silence.beginAnew();
        }
        Duration interrupted = LOOK.multipliedBy(10).plusNanos(10);
        assertEquals(interrupted, silence.sinceLastSign());
        look(Duration.ZERO);
        assertEquals(interrupted, silence.sinceLastSign(), "it is open, and has shown nothing yet");
    }

    private boolean closed(long objectsRead) {
        now += LOOK.toNanos();
        return silence.isStuck(objectsRead);
    }

    private boolean look(Duration later) {
        now += later.toNanos();
        return silence.isSilent(Optional.of(sign), onlyListed);
    }
}
