package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.WorkloadReference;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.World;
import java.util.HashMap;
import java.util.Map;

/** Finds the declared rules that mean a given connection, whatever became of them. For one thread. */
public final class RulesBetween {

    private final Declarations declarations;
    private final Resolve resolve;
    private final Map<String, NamespaceRules> resolved = new HashMap<>();
    private final ImmutableSortedMap<String, Compilation> compilations;

    /** @param compilations of the same world and declarations */
    public RulesBetween(
            World world,
            Declarations declarations,
            Enrolment enrolment,
            ImmutableSortedMap<String, Compilation> compilations) {
        this.declarations = declarations;
        Inputs inputs = new Inputs(world, declarations, enrolment);
        this.resolve = new Resolve(inputs, new Forbid(inputs));
        this.compilations = compilations;
    }

    /** A rule with its intent, and how it stands. */
    public record Found(AccessIntent.Key intent, RuleState state) {}

    /** The rules of one end's namespace and direction that mean both ends, ports set aside; by intent and place. */
    public ImmutableList<Found> rules(Direction direction, Endpoint.Pods self, Endpoint other) {
        return resolved.computeIfAbsent(self.namespace(), resolve::resolve).all().stream()
                .filter(rule -> rule.rule().direction() == direction && speaksFor(rule, self) && means(rule, other))
                .flatMap(rule -> compilations.get(self.namespace()).intents().get(rule.intent()).rules().stream()
                        .filter(state -> state.rule().equals(rule.rule()))
                        .map(state -> new Found(rule.intent(), state)))
                .collect(ImmutableList.toImmutableList());
    }

    /** One whose own workload does not resolve speaks for the pods that run under the account it names. */
    private boolean speaksFor(ResolvedRule rule, Endpoint.Pods self) {
        if (rule.subject() instanceof Resolution.Found<Selection> found) {
            return found.value().selector().matches(self.pods().labels());
        }
        WorkloadReference reference = declarations
                .of(rule.namespace())
                .intents()
                .get(rule.intent().name())
                .workload();
        return reference instanceof WorkloadReference.ServiceAccount account
                && account.name().equals(self.pods().serviceAccount());
    }

    private static boolean means(ResolvedRule rule, Endpoint other) {
        if (!(rule.peer() instanceof Resolution.Found<ResolvedPeer> found)) {
            return other instanceof Endpoint.Pods pods && mayMean(rule.rule().peer(), pods.namespace());
        }
        if (found.value() instanceof ResolvedPeer.Pods peer) {
            return other instanceof Endpoint.Pods pods
                    && peer.namespaces().contains(pods.namespace())
                    && peer.selection().selector().matches(pods.pods().labels());
        }
        return other instanceof Endpoint.Outside outside
                && ((ResolvedPeer.Addresses) found.value())
                        .blocks().stream().anyMatch(block -> block.block().contains(outside.address()));
    }

    private static boolean mayMean(Peer peer, String namespace) {
        if (peer instanceof Peer.OfWorkload workload) {
            return workload.namespace().equals(namespace);
        }
        return peer instanceof Peer.OfService service && service.namespace().equals(namespace);
    }
}
