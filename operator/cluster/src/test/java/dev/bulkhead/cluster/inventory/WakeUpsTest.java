package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.ClusterFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** After any event, every namespace that was not woken compiles to what it compiled to before. */
class WakeUpsTest {

    private static final int SEEDS = Integer.getInteger("bulkhead.seeds", 2_000);
    private static final int EVENTS = 6;

    private final Compiler compiler = new Compiler();
    private final Map<NetworkPolicy.Key, String> uids = new HashMap<>();
    private long version;
    private int woken;
    private int rested;

    @Test
    void whoeverIsNotWokenHasNothingToDo() {
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomEvents random = new RandomEvents(seed);
            List<RandomEvents.Event> beginning = random.beginning();
            List<RandomEvents.Event> events =
                    Stream.generate(random::next).limit(EVENTS).toList();
            Optional<String> missed = missed(beginning, events);
            if (missed.isPresent()) {
                assertEquals("", "seed " + seed + "\n" + shrunk(beginning, events));
            }
        }
        assertTrue(rested > woken, woken + " woken, " + rested + " not: events wake nearly everybody");
    }

    /** The first namespace that was not woken and should have been. */
    private Optional<String> missed(List<RandomEvents.Event> beginning, List<RandomEvents.Event> events) {
        InventoryState state = new InventoryState(Set.of("kube-system"), ClusterFacts.unknown(true));
        beginning.forEach(event -> event.happen(state));
        state.complete();
        Map<String, Compilation> before = new HashMap<>();
        for (String namespace : state.snapshot().world().namespaces().keySet()) {
            compiled(state, compilations(state.snapshotFor(namespace), Set.of(namespace)), before);
        }
        for (RandomEvents.Event event : events) {
            Set<String> touched = event.happen(state).namespaces();
            Set<String> all = state.snapshot().world().namespaces().keySet();
            before.keySet().retainAll(all);
            Map<String, Compilation> after = compilations(state.snapshot(), all);
            for (String namespace : all) {
                Compilation was = before.get(namespace);
                Compilation is = after.get(namespace);
                boolean same = isNothing(is) ? was == null || was.policies().isEmpty() : was != null && isSame(was, is);
                if (!same && !touched.contains(namespace)) {
                    return Optional.of(namespace + " is not woken by: " + event);
                }
            }
            woken += touched.size();
            rested += all.size() - touched.size();
            touched.forEach(state::snapshotFor);
            compiled(state, Maps.filterKeys(after, touched::contains), before);
        }
        return Optional.empty();
    }

    /** As the reconciler does. */
    private void compiled(InventoryState state, Map<String, Compilation> compilations, Map<String, Compilation> known) {
        compilations.forEach((namespace, compilation) -> {
            state.compiled(namespace, Optional.of(compilation.dependencies()));
            Compilation before = known.put(namespace, compilation);
            carryOut(state, before == null ? Set.of() : before.policies().keySet(), compilation.policies());
        });
    }

    private void carryOut(
            InventoryState state, Set<NetworkPolicy.Key> before, Map<NetworkPolicy.Key, NetworkPolicy> desired) {
        Sets.difference(before, desired.keySet()).forEach(key -> state.deleted(key, uids.get(key)));
        desired.forEach((key, policy) -> {
            version++;
            if (!before.contains(key)) {
                uids.put(key, "uid-" + version);
            }
            state.written(new LivePolicy(
                    policy,
                    uids.get(key),
                    Long.toString(version),
                    Instant.EPOCH,
                    false,
                    false,
                    "",
                    DeletionBlockers.NONE,
                    Optional.empty()));
        });
    }

    private Map<String, Compilation> compilations(InventorySnapshot snapshot, Set<String> namespaces) {
        return compiler.compile(
                snapshot.world(),
                snapshot::policiesByOthers,
                snapshot.declarations(),
                snapshot.enrolment(),
                namespaces);
    }

    private static boolean isSame(Compilation one, Compilation other) {
        return one.held().equals(other.held())
                && one.policies().equals(other.policies())
                && one.intents().equals(other.intents());
    }

    private static boolean isNothing(Compilation compilation) {
        return compilation.held().isEmpty()
                && compilation.policies().isEmpty()
                && compilation.intents().isEmpty();
    }

    /** The same mistake with as few events as possible, one in each line. */
    private String shrunk(List<RandomEvents.Event> beginning, List<RandomEvents.Event> events) {
        List<RandomEvents.Event> first = new ArrayList<>(beginning);
        List<RandomEvents.Event> then = new ArrayList<>(events);
        for (List<RandomEvents.Event> part : List.of(then, first)) {
            for (int i = part.size() - 1; i >= 0; i--) {
                RandomEvents.Event left = part.remove(i);
                if (missed(first, then).isEmpty()) {
                    part.add(i, left);
                }
            }
        }
        return Stream.of(
                        first.stream(),
                        Stream.of("-- everything is compiled --"),
                        then.stream(),
                        missed(first, then).stream())
                .flatMap(lines -> lines)
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }
}
