package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.OperatorSettings;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private static final Duration LIMIT = OperatorSettings.DEFAULT_SILENCE_LIMIT;
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private long now = 1;
    private final Silence silence = new Silence(() -> now, LIMIT);
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
        now += Silence.TOLD.toNanos();
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

    private boolean look(Duration later) {
        now += later.toNanos();
        return silence.isOverdue(Optional.of(sign), onlyListed);
    }
}
