package dev.bulkhead.cluster.simulation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Judges every state that a write of the product leads to: whatever all desired states since the last rest allow stays
 * allowed (no gap), and nothing opens that none of them allows (no hole). What others do to policies is not held against
 * the product, but it must not make that worse.
 */
final class Judge {

    private final SimulatedApiServer server;
    private final Connections connections;
    private final Clock clock;
    private final List<Desired> desired = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Set<Integer> distinct = new HashSet<>();
    private BitSet now;
    private long states;

    Judge(SimulatedApiServer server, Connections connections, Clock clock) {
        this.server = server;
        this.connections = connections;
        this.clock = clock;
        inputChanged();
    }

    /** Somebody else changed something. */
    void inputChanged() {
        now = connections.allowed(server.list("NetworkPolicy"));
        desired.add(Desired.of(server, connections, clock));
    }

    /** The product wrote a policy. */
    void written(String title, SimulatedApiServer.Change change) {
        if (change.before().filter(policy -> !Desired.isManaged(policy)).isPresent()) {
            violations.add("not ours, and yet: " + title);
        }
        BitSet before = now;
        now = connections.allowed(server.list("NetworkPolicy"));
        states++;
        distinct.add(Objects.hash(
                now,
                desired.get(desired.size() - 1).connections(),
                server.list("NetworkPolicy").stream()
                        .map(SimulatedApiServer.Key::of)
                        .toList()));
        BitSet closed = (BitSet) before.clone();
        closed.andNot(now);
        desired.forEach(state -> closed.and(state.connections()));
        report("gap", title, closed);
        BitSet opened = (BitSet) now.clone();
        opened.andNot(before);
        desired.forEach(state -> opened.andNot(state.connections()));
        report("hole", title, opened);
    }

    private void report(String what, String title, BitSet found) {
        found.andNot(connections.within(absent()));
        if (!found.isEmpty()) {
            violations.add(what + " after " + title + ": " + connections.describe(found));
        }
    }

    /** Namespaces that are not there, or about to go: what their pods reach is nobody's promise. */
    private Collection<String> absent() {
        return connections.namespaces().stream()
                .filter(name -> server.get("Namespace", new SimulatedApiServer.Key("", name))
                        .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null)
                        .isEmpty())
                .toList();
    }

    /** The product has come to rest: what there is now is held against a fresh install. */
    void atRest() {
        if (!violations.isEmpty()) {
            return;
        }
        Desired last = Desired.of(server, connections, clock);
        Map<Object, Object> actual = new LinkedHashMap<>(Desired.managed(server));
        Collection<String> absent = absent();
        actual.keySet()
                .removeIf(key -> absent.contains(((dev.bulkhead.core.policy.NetworkPolicy.Key) key).namespace()));
        if (!actual.equals(last.policies())) {
            violations.add("wrong final state: is " + actual + "\n   should be " + last.policies());
        }
        desired.clear();
        desired.add(last);
    }

    void fail(String problem) {
        violations.add(problem);
    }

    List<String> violations() {
        return violations;
    }

    long states() {
        return states;
    }

    Set<Integer> distinct() {
        return distinct;
    }

    /** The policies, by which final states are compared. */
    Map<?, ?> finalState() {
        return Desired.managed(server);
    }

    static String title(HasMetadata object) {
        return object.getKind() + " " + SimulatedApiServer.Key.of(object);
    }
}
