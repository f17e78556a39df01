package dev.bulkhead.core;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The same worlds, with everything that has no order of its own in another one. */
final class ShuffledWorlds {

    private ShuffledWorlds() {}

    static World shuffle(World world, Random random) {
        return World.withoutAddresses(
                ImmutableSortedMap.copyOf(
                        Maps.transformValues(world.namespaces(), namespace -> shuffle(namespace, random))),
                world.facts());
    }

    private static Namespace shuffle(Namespace namespace, Random random) {
        return new Namespace(
                namespace.name(),
                namespace.labels(),
                namespace.terminating(),
                shuffle(namespace.services(), random),
                shuffle(namespace.workloads(), random),
                ImmutableSet.copyOf(shuffle(namespace.pods(), random)));
    }

    private static <K, V> ImmutableMap<K, V> shuffle(ImmutableMap<K, V> map, Random random) {
        ImmutableMap.Builder<K, V> shuffled = ImmutableMap.builder();
        for (Map.Entry<K, V> entry : shuffle(map.entrySet(), random)) {
            shuffled.put(entry);
        }
        return shuffled.build();
    }

    private static <T> List<T> shuffle(Collection<T> items, Random random) {
        List<T> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
