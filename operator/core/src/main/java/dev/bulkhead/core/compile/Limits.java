package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.Guardrail;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Ports;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Tells whether connections fall under a limit, even in part. In doubt they do: two selectors that some pod might
 * satisfy both, a port that has a name instead of a number, or what may be a well-known peer.
 */
final class Limits {

    private final Inputs inputs;
    private final WellKnownCandidates wellKnown;
    /** Looked up once, not for every rule: what the Internet is takes a while to tell. */
    private final Map<WellKnown, Inputs.Recorded<ImmutableList<ResolvedPeer>>> meanings =
            new EnumMap<>(WellKnown.class);

    Limits(Inputs inputs) {
        this.inputs = inputs;
        this.wellKnown = new WellKnownCandidates(inputs);
    }

    boolean meets(Guardrail.Connections limit, Sought sought) {
        return overlap(limit.ports(), sought.ports())
                && meets(limit.from(), sought.from())
                && meets(limit.to(), sought.to());
    }

    private static boolean overlap(Ports limit, Ports ports) {
        return limit.isEmpty()
                || !ports.names().isEmpty()
                || !limit.numbers().intersection(ports.numbers()).isEmpty();
    }

    private boolean meets(Guardrail.Ends limit, Sought.End end) {
        if (limit.isAnything()) {
            return true;
        }
        return end.fold(
                pods -> meets(limit, pods),
                addresses -> meets(limit, addresses.block()),
                named -> limit.wellKnown().contains(named.name()));
    }

    private boolean meets(Guardrail.Ends limit, Sought.Pods pods) {
        return limit.segments().contains(pods.segment())
                || pods.namespaces().stream().anyMatch(namespace -> isNamed(limit, namespace))
                || meanings(limit.wellKnown()).stream()
                        .flatMap(meaning -> meaning.asPods().stream())
                        .anyMatch(others -> mayBeSame(others, pods));
    }

    private boolean isNamed(Guardrail.Ends limit, String namespace) {
        return limit.namespaces().stream().anyMatch(pattern -> Enrol.matches(pattern, namespace))
                || limit.segments().stream().anyMatch(inputs.claimants(namespace)::contains);
    }

    private static boolean mayBeSame(ResolvedPeer.Pods some, Sought.Pods others) {
        return some.namespaces().stream().anyMatch(others.namespaces()::contains)
                && !some.selection().selector().and(others.selector()).isImpossible();
    }

    private boolean meets(Guardrail.Ends limit, IpBlock block) {
        Stream<IpBlock> named = limit.networks().stream().map(network -> IpBlock.of(network, List.of()));
        Stream<IpBlock> wellKnown = meanings(limit.wellKnown()).stream()
                .flatMap(meaning -> meaning.asAddresses().stream())
                .flatMap(addresses -> addresses.blocks().stream())
                .map(ResolvedPeer.Block::block);
        return Stream.concat(named, wellKnown)
                .flatMap(limited -> Stream.concat(Stream.of(limited), limited.behindNat64().stream()))
                .anyMatch(block::overlaps);
    }

    private List<ResolvedPeer> meanings(Collection<WellKnown> names) {
        return names.stream()
                .map(name -> meanings.computeIfAbsent(
                        name,
                        unknown -> inputs.recorded(() -> wellKnown.of(unknown).peers())))
                .flatMap(meaning -> inputs.used(meaning).stream())
                .toList();
    }
}
