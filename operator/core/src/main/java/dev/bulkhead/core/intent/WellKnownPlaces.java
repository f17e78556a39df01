package dev.bulkhead.core.intent;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Ports;
import java.util.function.Function;

/**
 * Where the platform says that well-known peers are. Of those that it does not speak of, what is found holds.
 *
 * @param places by name
 * @param notInternet ranges that are not the internet, besides the private ones and the cluster's own
 */
public record WellKnownPlaces(ImmutableMap<WellKnown, Place> places, ImmutableSortedSet<Cidr> notInternet) {

    private static final WellKnownPlaces NOTHING = new WellKnownPlaces(ImmutableMap.of(), ImmutableSortedSet.of());

    /** Where one of them is. */
    public sealed interface Place {
        <T> T fold(Function<? super Pods, ? extends T> pods, Function<? super Networks, ? extends T> networks);
    }

    /** @param ports on which it is called; none where callers say that themselves */
    public record Pods(String namespace, WorkloadSelector workload, Ports ports) implements Place {
        @Override
        public <T> T fold(Function<? super Pods, ? extends T> pods, Function<? super Networks, ? extends T> networks) {
            return pods.apply(this);
        }
    }

    /** @param ports on which it is called; none where callers say that themselves */
    public record Networks(ImmutableSortedSet<Cidr> networks, Ports ports) implements Place {
        @Override
        public <T> T fold(Function<? super Pods, ? extends T> pods, Function<? super Networks, ? extends T> networks) {
            return networks.apply(this);
        }
    }

    /** The platform says nothing. */
    public static WellKnownPlaces nothing() {
        return NOTHING;
    }

    /** The namespaces whose contents can make a difference to what the name stands for. */
    public ImmutableSet<String> namespaces(WellKnown name) {
        Place said = places.get(name);
        if (said != null) {
            return said.fold(pods -> ImmutableSet.of(pods.namespace()), networks -> ImmutableSet.of());
        }
        return UsualPlaces.namespaces(name);
    }
}
