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
    private final StatusJudge statuses;
    private final List<Desired> desired = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Set<Integer> distinct = new HashSet<>();
    private BitSet now;
    private long states;
    private long saying;

    Judge(SimulatedApiServer server, Connections connections, VirtualTime time) {
        this.server = server;
        this.connections = connections;
        this.clock = time.right();
        this.statuses = new StatusJudge(server, time, violations::add);
        inputChanged();
    }

    /** Somebody else changed something. */
    void inputChanged() {
        now = connections.allowed(server.list("NetworkPolicy"));
        desired.add(Desired.of(server, connections, clock));
        statuses.policiesChanged();
    }

    /** Everything went back to what it was, and whoever watches has yet to notice. */
    void restored() {
        inputChanged();
        statuses.restored();
    }

    /** The product wrote a status. */
    void said(String title, SimulatedApiServer.Change change) {
        saying++;
        statuses.written(title, change);
    }

    /** Nothing can happen before some time has passed. */
    void waiting() {
        statuses.waiting(present());
    }

    /** The product wrote a policy. */
    void written(String title, SimulatedApiServer.Change change) {
        if (change.before().filter(policy -> !Desired.isManaged(policy)).isPresent()) {
            violations.add("not ours, and yet: " + title);
        }
        BitSet before = now;
        now = connections.allowed(server.list("NetworkPolicy"));
        states++;
        statuses.policiesChanged();
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

    boolean isToldOfFights() {
        return statuses.isToldOfFights();
    }

    private Collection<String> present() {
        Collection<String> absent = absent();
        return server.list("Namespace").stream()
                .map(namespace -> namespace.getMetadata().getName())
                .filter(name -> !absent.contains(name))
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
        statuses.atRest(present());
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

    /** How often the product wrote a status. */
    long saying() {
        return saying;
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
