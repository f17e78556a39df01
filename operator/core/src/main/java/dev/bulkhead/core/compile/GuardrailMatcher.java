package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.world.Addresses;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Ports;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells whether connections fall under a limit, even in part. In doubt they do: two selectors that some pod might
 * satisfy both, a port that has a name instead of a number, or what may be a well-known peer.
 */
final class GuardrailMatcher {

    private final TrackedInputs inputs;
    private final WellKnownCandidates wellKnown;
    /** Looked up once, not for every rule: what the Internet is takes a while to tell. */
    private final Map<WellKnown, TrackedInputs.Recorded<ImmutableList<ResolvedPeer>>> meanings =
            new EnumMap<>(WellKnown.class);

    private final Map<DeclaredGuardrail.Ends, TrackedInputs.Recorded<ImmutableList<IpAddress>>> addresses =
            new HashMap<>();

    /** How connections fall under a limit, the stronger the later. */
    enum Meeting {
        NONE,
        AS_NAMED,
        /** Addresses are named at which something is that the limit speaks of by its namespace. */
        BY_ADDRESS;

        private Meeting and(Meeting other) {
            if (this == NONE || other == NONE) {
                return NONE;
            }
            return this == BY_ADDRESS ? this : other;
        }
    }

    GuardrailMatcher(TrackedInputs inputs) {
        this.inputs = inputs;
        this.wellKnown = new WellKnownCandidates(inputs);
    }

    Meeting meeting(DeclaredGuardrail.Connections limit, RequestedConnections sought) {
        if (!overlap(limit.ports(), sought.ports())) {
            return Meeting.NONE;
        }
        // What is at an address is asked last: the answer may change with every pod.
        return sought.from().isAddresses()
                ? meeting(limit.to(), sought.to(), () -> meeting(limit.from(), sought.from(), () -> Meeting.AS_NAMED))
                : meeting(limit.from(), sought.from(), () -> meeting(limit.to(), sought.to(), () -> Meeting.AS_NAMED));
    }

    private static boolean overlap(Ports limit, Ports ports) {
        return limit.isEmpty()
                || !ports.names().isEmpty()
                || !limit.numbers().intersection(ports.numbers()).isEmpty();
    }

    private Meeting meeting(DeclaredGuardrail.Ends limit, RequestedConnections.End end, Supplier<Meeting> then) {
        Meeting first = meeting(limit, end);
        return first == Meeting.NONE ? first : first.and(then.get());
    }

    private Meeting meeting(DeclaredGuardrail.Ends limit, RequestedConnections.End end) {
        if (limit.isAnything()) {
            return Meeting.AS_NAMED;
        }
        return end.fold(
                pods -> asNamed(meets(limit, pods)),
                there -> isAnyAt(limit, there) ? Meeting.BY_ADDRESS : asNamed(meets(limit, there.block())),
                named -> asNamed(limit.wellKnown().contains(named.name())));
    }

    private static Meeting asNamed(boolean met) {
        return met ? Meeting.AS_NAMED : Meeting.NONE;
    }

    private boolean meets(DeclaredGuardrail.Ends limit, RequestedConnections.Pods pods) {
        return limit.segments().contains(pods.segment())
                || pods.namespaces().stream().anyMatch(namespace -> isNamed(limit, namespace))
                || meanings(limit.wellKnown()).stream()
                        .anyMatch(meaning -> meaning.fold(others -> mayBeSame(others, pods), addresses -> false));
    }

    private boolean isNamed(DeclaredGuardrail.Ends limit, String namespace) {
        return limit.namespaces().stream().anyMatch(pattern -> SegmentAssigner.matches(pattern, namespace))
                || limit.segments().stream().anyMatch(inputs.claimants(namespace)::contains);
    }

    private static boolean mayBeSame(ResolvedPeer.Pods some, RequestedConnections.Pods others) {
        return some.namespaces().stream().anyMatch(others.namespaces()::contains)
                && !some.selection().selector().and(others.selector()).isImpossible();
    }

    private boolean meets(DeclaredGuardrail.Ends limit, IpBlock block) {
        Stream<IpBlock> named = limit.networks().stream().map(network -> IpBlock.of(network, List.of()));
        Stream<IpBlock> wellKnown = meanings(limit.wellKnown()).stream()
                .flatMap(meaning -> meaning.fold(
                        pods -> Stream.<ResolvedPeer.Block>empty(), addresses -> addresses.blocks().stream()))
                .map(ResolvedPeer.Block::block);
        return Stream.concat(named, wellKnown)
                .flatMap(limited -> Stream.concat(Stream.of(limited), limited.behindNat64().stream()))
                .anyMatch(block::overlaps);
    }

    /**
     * Whether anything that the limit speaks of by its namespace has an address there, or is reached there through NAT64: that way
     * nobody gets around the limit.
     */
    private boolean isAnyAt(DeclaredGuardrail.Ends limit, RequestedConnections.Addresses there) {
        if (there.asked().isEmpty() || !speaksOfNamespaces(limit)) {
            return false;
        }
        IpBlock asked = there.asked().get();
        inputs.addressesIn(asked);
        asked.translatedByNat64().ifPresent(inputs::addressesIn);
        ImmutableList<IpAddress> limited = inputs.used(addresses.computeIfAbsent(
                limit, unknown -> inputs.recorded(() -> inputs.addresses(namespace -> speaksOf(unknown, namespace)))));
        return Stream.concat(Stream.of(there.block()), there.block().translatedByNat64().stream())
                .anyMatch(block -> Addresses.isAnyIn(block, limited));
    }

    private boolean speaksOfNamespaces(DeclaredGuardrail.Ends limit) {
        return !limit.namespaces().isEmpty()
                || !limit.segments().isEmpty()
                || limit.wellKnown().stream()
                        .anyMatch(name -> !inputs.wellKnown().namespaces(name).isEmpty());
    }

    /** Whether it speaks of anything in the namespace, be it of some of its pods alone. */
    boolean speaksOf(DeclaredGuardrail.Ends limit, String namespace) {
        return limit.namespaces().stream().anyMatch(pattern -> SegmentAssigner.matches(pattern, namespace))
                || (!limit.segments().isEmpty()
                        && inputs.claimantsByAllSegments(namespace).stream().anyMatch(limit.segments()::contains))
                || limit.wellKnown().stream()
                        .anyMatch(name -> inputs.wellKnown().namespaces(name).contains(namespace));
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
