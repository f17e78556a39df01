package dev.bulkhead.core.plan;

import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes that bring one policy a part of its way only. */
final class PartialWrites {

    private final List<Change> changes;
    private final Overlap overlap;

    /**
     * @param changes those of baselines apart
     * @param overlap what the pods that exist are allowed both before and after
     */
    PartialWrites(List<Change> changes, Overlap overlap) {
        this.changes = changes;
        this.overlap = overlap;
    }

    /** The whole way. */
    static void write(Script script, Change change) {
        change.after().ifPresentOrElse(script::put, () -> script.delete(change.key()));
    }

    /** What of a policy that comes, or changes, may be there at once since it is allowed already. */
    Optional<Allowances> allowedAlready(Change change) {
        if (change.after().isEmpty() || change.isReshaped()) {
            return Optional.empty();
        }
        NetworkPolicy after = change.after().get();
        Allowances old = allowed(change.before());
        Allowances coming = Allowances.of(after).difference(old);
        Allowances moving = overlap.inOld(after, coming.union(coming.meet(neighbours(change, Change::before))));
        return Optional.of(old.union(moving));
    }

    /** Takes in what comes here from other policies, so far as it is allowed already: nothing opens. */
    void gather(Script script, Change change) {
        allowedAlready(change)
                .ifPresent(allowances -> put(script, change.after().orElseThrow(), allowances));
    }

    /** Gives up what the new state does not allow, and takes nothing on. */
    void reduce(Script script, Change change) {
        Optional<NetworkPolicy> now = script.current(change.key());
        if (now.isEmpty()) {
            return;
        }
        Allowances current = Allowances.of(now.get());
        Allowances staying = current.union(current.meet(neighbours(change, Change::after)));
        Allowances kept = overlap.inNew(now.get(), staying);
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
    static void grow(Script script, Change change) {
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

    private static void put(Script script, NetworkPolicy policy, Allowances allowances) {
        boolean same = allowed(script.current(policy.key())).equals(allowances);
        if (!same) {
            script.put(allowances.in(policy));
        }
    }

    /** What all the changing policies of a namespace allow before, or after. */
    private Allowances neighbours(Change change, Function<Change, Optional<NetworkPolicy>> moment) {
        return changes.stream()
                .filter(other -> other.key().namespace().equals(change.key().namespace()))
                .map(other -> allowed(moment.apply(other)))
                .reduce(Allowances.none(), Allowances::union);
    }

    private static Allowances allowed(Optional<NetworkPolicy> policy) {
        return policy.map(Allowances::of).orElse(Allowances.none());
    }
}
