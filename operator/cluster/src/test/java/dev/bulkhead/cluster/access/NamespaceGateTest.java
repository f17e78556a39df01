package dev.bulkhead.cluster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one account costs the API server, and what it costs other accounts. */
class NamespaceGateTest {

    private static final ImmutableSortedSet<String> NAMESPACES = namespaces(400);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final Set<String> rights = ConcurrentHashMap.newKeySet();
    private final NamespaceGate gate = new NamespaceGate(reviews(), new Ticker() {
        @Override
        public long read() {
            return now.get();
        }
    });

    private static ImmutableSortedSet<String> namespaces(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "team-" + i)
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    private static User user(String name) {
        return new User(name, "", ImmutableList.of(), ImmutableSortedMap.of());
    }

    private Reviews reviews() {
        Reviews reviews = mock(Reviews.class, withSettings().stubOnly());
        when(reviews.may(any(), eq("get"), any(), any(), any())).thenAnswer(question -> {
            asked.incrementAndGet();
            User user = question.getArgument(0);
            return rights.contains(user.name() + " in " + question.getArgument(4));
        });
        return reviews;
    }

    private ImmutableSortedSet<String> seen(String user, Set<String> namespaces) {
        return gate.scope(user(user), namespaces).namespaces();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private int questionsIn(Duration time, String user) {
        asked.set(0);
        for (long second = 0; second < time.toSeconds(); second += 10) {
            seen(user, NAMESPACES);
            pass(Duration.ofSeconds(10));
        }
        return asked.get();
    }

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void anAccountThatMaySeeNothingCostsLessAndLess() {
        int first = questionsIn(Duration.ofHours(1), "nobody");
        assertTrue(first >= NAMESPACES.size() && first < 6 * NAMESPACES.size(), first + " questions");
        int later = questionsIn(Duration.ofHours(2), "nobody");
        assertTrue(later >= NAMESPACES.size() && later < 7 * NAMESPACES.size(), later + " questions");
    }

    @Test
    void aRightIsSeenSoonAfterItWasLost() {
        rights.add("team in team-1");
        questionsIn(Duration.ofHours(1), "team");
        rights.clear();
        pass(Duration.ofMinutes(1));
        assertEquals(Set.of(), seen("team", NAMESPACES));
        rights.add("team in team-1");
        pass(Duration.ofMinutes(3));
        assertEquals(Set.of("team-1"), seen("team", NAMESPACES));
    }

    @Test
    void aNewNamespaceIsAskedAboutAtOnceAndOthersAreNot() {
        rights.add("team in team-1");
        seen("team", NAMESPACES);
        asked.set(0);
        rights.add("team in new");
        ImmutableSortedSet<String> more = ImmutableSortedSet.<String>naturalOrder()
                .addAll(NAMESPACES)
                .add("new")
                .build();
        assertEquals(Set.of("team-1", "new"), seen("team", more));
        assertEquals(1, asked.get());
    }

    @Test
    void theAccountsOfOneNamespaceDisplaceNobodyElses() {
        rights.add("team in team-1");
        seen("team", NAMESPACES);
        seen("system:serviceaccount:web:default", NAMESPACES);
        for (int i = 0; i < 300; i++) {
            seen("system:serviceaccount:evil:account-" + i, NAMESPACES);
        }
        asked.set(0);
        assertEquals(Set.of("team-1"), seen("team", NAMESPACES));
        assertEquals(Set.of(), seen("system:serviceaccount:web:default", NAMESPACES));
        assertEquals(0, asked.get());
    }
}
