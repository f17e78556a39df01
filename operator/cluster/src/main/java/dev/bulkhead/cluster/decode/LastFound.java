package dev.bulkhead.cluster.decode;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.net.InetAddresses;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.WellKnownFound;
import dev.bulkhead.api.v1alpha1.WellKnownPeer;
import dev.bulkhead.api.v1alpha1.WellKnownSource;
import dev.bulkhead.core.intent.UsualPlaces;
import dev.bulkhead.core.world.ClusterFacts.SocketAddress;
import dev.bulkhead.core.world.IpAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an earlier process found of the cluster last, as the statuses of Segments tell. Nobody but the operator may write them, so
 * it is as good as having been remembered. What they do not tell completely, or do not agree about, is not known.
 *
 * @param apiServers none where that is not known
 * @param ingressControllers as IngressClasses name them; none where that is not known
 */
public record LastFound(ImmutableSortedSet<SocketAddress> apiServers, ImmutableSortedSet<String> ingressControllers) {

    public static final LastFound NOTHING = new LastFound(ImmutableSortedSet.of(), ImmutableSortedSet.of());

    /** One address with its port, such as {@code 192.0.2.10/32 on TCP 6443}. */
    private static final Pattern SERVER = Pattern.compile("([0-9a-f.:]+)/(?:32|128) on TCP ([0-9]{1,5})");

    private static final int LAST_PORT = 65_535;
    private static final Pattern PLACE = Pattern.compile("pods .* of namespace ([a-z0-9-]+)");

    public static LastFound of(Collection<SegmentStatus> statuses) {
        return new LastFound(
                agreed(statuses, WellKnownPeer.KUBE_API_SERVER, LastFound::servers),
                agreed(statuses, WellKnownPeer.INGRESS_CONTROLLER, LastFound::controllers));
    }

    /** Each Segment says it anew whenever it changes, so that they differ only where an earlier process was interrupted. */
    private static <T extends Comparable<? super T>> ImmutableSortedSet<T> agreed(
            Collection<SegmentStatus> statuses, WellKnownPeer name, Function<String, Optional<List<T>>> meaning) {
        List<String> said = statuses.stream()
                .flatMap(status -> status.wellKnown().stream())
                .filter(found -> found.name() == name && found.source() == WellKnownSource.FOUND)
                .map(WellKnownFound::meaning)
                .distinct()
                .toList();
        return said.size() == 1
                ? meaning.apply(said.get(0)).stream()
                        .flatMap(List::stream)
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparable::compareTo))
                : ImmutableSortedSet.of();
    }

    private static Optional<List<SocketAddress>> servers(String meaning) {
        ImmutableList.Builder<SocketAddress> servers = ImmutableList.builder();
        for (String server : Splitter.on(", ").split(meaning)) {
            Matcher matcher = SERVER.matcher(server);
            if (!matcher.matches()
                    || !InetAddresses.isInetAddress(matcher.group(1))
                    || Integer.parseInt(matcher.group(2)) > LAST_PORT) {
                return Optional.empty();
            }
            servers.add(new SocketAddress(IpAddress.parse(matcher.group(1)), Integer.parseInt(matcher.group(2))));
        }
        return Optional.of(servers.build());
    }

    private static Optional<List<String>> controllers(String meaning) {
        Matcher matcher = PLACE.matcher(meaning);
        return matcher.matches()
                ? Optional.of(UsualPlaces.INGRESS_CONTROLLERS.entrySet().stream()
                        .filter(usual -> usual.getValue().namespace().equals(matcher.group(1)))
                        .map(usual -> usual.getKey())
                        .toList())
                : Optional.empty();
    }
}
