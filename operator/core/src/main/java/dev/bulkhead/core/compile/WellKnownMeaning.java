package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.World;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What the name of a well-known peer comes to, in words for the platform team.
 *
 * @param said whether the platform says so itself, rather than that it was found
 * @param resolved whether it comes to anything
 * @param words what, or why not
 */
public record WellKnownMeaning(WellKnown name, boolean said, boolean resolved, String words) {

    /** Of more only the number is told. */
    private static final int SHOWN_BLOCKS = 8;

    /** All of them, in the order of their declaration. */
    public static ImmutableList<WellKnownMeaning> all(World world, Declarations declarations) {
        WellKnownResolver peers = new WellKnownResolver(TrackedInputs.withoutSegments(world, declarations));
        return Arrays.stream(WellKnown.values())
                .map(name -> of(
                        name,
                        declarations.wellKnown().places().containsKey(name),
                        // Nobody's viewpoint but the platform's own.
                        peers.resolve("", name, Ports.none())))
                .collect(ImmutableList.toImmutableList());
    }

    private static WellKnownMeaning of(WellKnown name, boolean said, Resolution<ResolvedPeer> resolution) {
        return resolution.fold(
                peer -> new WellKnownMeaning(
                        name, said, true, peer.fold(WellKnownMeaning::words, WellKnownMeaning::words)),
                failed -> new WellKnownMeaning(
                        name,
                        said,
                        false,
                        failed.message().isEmpty() ? "the workload that is said is not there" : failed.message()));
    }

    private static String words(ResolvedPeer.Pods pods) {
        return "pods " + pods.selection().selector() + " of namespace " + String.join(", ", pods.namespaces())
                + on(pods.ports());
    }

    private static String words(ResolvedPeer.Addresses addresses) {
        ImmutableList<ResolvedPeer.Block> blocks = addresses.blocks();
        String shown = blocks.stream()
                .limit(SHOWN_BLOCKS)
                .map(block -> block.block() + on(block.ports()))
                .collect(Collectors.joining(", "));
        int more = blocks.size() - SHOWN_BLOCKS;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    private static String on(Ports ports) {
        return ports.isEmpty() ? "" : " on " + ports;
    }
}
