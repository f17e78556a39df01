package dev.bulkhead.core.plan;

import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes that bring one policy a part of its way only. */
final class PartialWrites {

    private final Overlap overlap;
    private final Neighbours before;
    private final Neighbours after;

    /**
     * @param changes those of baselines apart
     * @param overlap what the pods that exist are allowed both before and after
     */
    PartialWrites(List<PolicyChange> changes, Overlap overlap) {
        this.overlap = overlap;
        this.before = new Neighbours(changes, PolicyChange::before);
        this.after = new Neighbours(changes, PolicyChange::after);
    }

    /** The whole way. */
    static void write(WriteSequence script, PolicyChange change) {
        change.after().ifPresentOrElse(script::put, () -> script.delete(change.key()));
    }

    /** What of a policy that comes, or changes, may be there at once since it is allowed already. */
    Optional<Allowances> allowedAlready(PolicyChange change) {
        if (change.after().isEmpty() || change.isReshaped()) {
            return Optional.empty();
        }
        NetworkPolicy wanted = change.after().get();
        Allowances old = allowed(change.before());
        Allowances coming = Allowances.of(wanted).difference(old);
        Allowances moving = overlap.inOld(wanted, coming, () -> before.of(change));
        return Optional.of(old.union(moving));
    }

    /** Takes in what comes here from other policies, so far as it is allowed already: nothing opens. */
    void gather(WriteSequence script, PolicyChange change) {
        allowedAlready(change)
                .ifPresent(allowances -> put(script, change.after().orElseThrow(), allowances));
    }

    /** Gives up what the new state does not allow, and takes nothing on. */
    void reduce(WriteSequence script, PolicyChange change) {
        Optional<NetworkPolicy> now = script.current(change.key());
        if (now.isEmpty()) {
            return;
        }
        Allowances current = Allowances.of(now.get());
        Allowances kept = overlap.inNew(now.get(), current, () -> after.of(change));
        if (change.after().filter(after -> isNarrower(now.get(), after)).isPresent()) {
            kept = kept.union(current.intersection(allowed(change.after())));
        }
        if (change.after().isEmpty()) {
            kept = script.onlyHere(now.get(), kept);
        }
        if (kept.isEmpty() && change.after().isEmpty() && script.isDispensable(now.get())) {
            script.delete(change.key());
        } else {
            put(script, now.get(), kept);
        }
    }

    /** Whether one is for no other pods than the other. */
    private static boolean isNarrower(NetworkPolicy one, NetworkPolicy other) {
        return one.directions().equals(other.directions()) && one.subject().implies(other.subject());
    }

    /** Takes on what is new, and keeps what others have yet to take over. */
    static void grow(WriteSequence script, PolicyChange change) {
        change.after().ifPresent(after -> {
            Optional<NetworkPolicy> now = script.current(change.key());
            Allowances wanted = Allowances.of(after);
            if (change.isReshaped() || wanted.containsAll(allowed(now))) {
                script.put(after);
            } else {
                put(script, after, wanted.union(allowed(now)));
            }
        });
    }

    private static void put(WriteSequence script, NetworkPolicy policy, Allowances allowances) {
        boolean same = allowed(script.current(policy.key())).equals(allowances);
        if (!same) {
            script.put(allowances.in(policy));
        }
    }

    /** What all the changing policies of a namespace allow at one moment, put together once. */
    private static final class Neighbours {

        private final List<PolicyChange> changes;
        private final Function<PolicyChange, Optional<NetworkPolicy>> moment;
        private final Map<String, Allowances> byNamespace = new HashMap<>();

        Neighbours(List<PolicyChange> changes, Function<PolicyChange, Optional<NetworkPolicy>> moment) {
            this.changes = changes;
            this.moment = moment;
        }

        Allowances of(PolicyChange change) {
            return byNamespace.computeIfAbsent(change.key().namespace(), namespace -> {
                Allowances.Builder all = Allowances.builder();
                changes.stream()
                        .filter(other -> other.key().namespace().equals(namespace))
                        .forEach(other -> all.addAll(allowed(moment.apply(other))));
                return all.build();
            });
        }
    }

    private static Allowances allowed(Optional<NetworkPolicy> policy) {
        return policy.map(Allowances::of).orElse(Allowances.none());
    }
}
