package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.World;
import java.util.HashMap;
import java.util.Map;

/** Finds the declared rules that mean a given connection, whatever became of them. For one thread. */
public final class RulesBetween {

    /** Of a peer that does not resolve: a segment that does not has no members. */
    private static final String NO_SEGMENT = "";

    private final Declarations declarations;
    private final RuleResolver resolve;
    private final Map<String, ImmutableList<ResolvedRule>> resolved = new HashMap<>();
    private final ImmutableSortedMap<String, Compilation> compilations;

    /** @param compilations of the same world and declarations */
    public RulesBetween(
            World world,
            Declarations declarations,
            Enrolment enrolment,
            ImmutableSortedMap<String, Compilation> compilations) {
        this.declarations = declarations;
        TrackedInputs inputs = new TrackedInputs(world, PoliciesByOthers.none(), declarations, enrolment);
        this.resolve = new RuleResolver(inputs, new GuardrailEvaluator(inputs));
        this.compilations = compilations;
    }

    /** A rule with its intent, and how it stands. */
    public record Found(DeclaredIntent.Key intent, RuleOutcome state) {}

    /** The rules of one end's namespace and direction that mean both ends, ports set aside; by intent and place. */
    public ImmutableList<Found> rules(Direction direction, Endpoint.Pods self, Endpoint other) {
        return resolved.computeIfAbsent(self.namespace(), resolve::resolve).stream()
                .filter(rule -> rule.rule().direction() == direction && speaksFor(rule, self) && means(rule, other))
                .flatMap(rule -> compilations.get(self.namespace()).intents().get(rule.intent()).rules().stream()
                        .filter(state -> state.rule().equals(rule.rule()))
                        .map(state -> new Found(rule.intent(), state)))
                .collect(ImmutableList.toImmutableList());
    }

    /** One whose own workload does not resolve speaks for the pods that run under the account it names. */
    private boolean speaksFor(ResolvedRule rule, Endpoint.Pods self) {
        return rule.subject()
                .fold(
                        found -> found.selector().matches(self.pods().labels()),
                        failed -> declarations
                                .of(rule.namespace())
                                .intents()
                                .get(rule.intent().name())
                                .workload()
                                .account()
                                .filter(self.pods().serviceAccount()::equals)
                                .isPresent());
    }

    private boolean means(ResolvedRule rule, Endpoint other) {
        return rule.peer()
                .fold(
                        found -> means(found, other),
                        failed -> other.fold(
                                pods -> rule.rule()
                                        .peer()
                                        .fold(new PeerInNamespace(
                                                pods.namespace(), NO_SEGMENT, declarations.wellKnown())),
                                outside -> false));
    }

    private static boolean means(ResolvedPeer peer, Endpoint other) {
        return peer.fold(
                pods -> other.fold(
                        there -> pods.namespaces().contains(there.namespace())
                                && pods.selection()
                                        .selector()
                                        .matches(there.pods().labels()),
                        outside -> false),
                addresses -> other.fold(
                        there -> false,
                        outside -> addresses.blocks().stream()
                                .anyMatch(block -> block.block().contains(outside.address()))));
    }
}
