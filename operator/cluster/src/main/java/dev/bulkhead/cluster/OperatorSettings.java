package dev.bulkhead.cluster;

import dev.bulkhead.cluster.leaderelection.ElectionSettings;
import dev.bulkhead.core.world.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the operator runs.
 *
 * @param namespace where it runs; no segment can enrol it
 * @param instance which replica this is
 * @param election absent where no other replica runs
 * @param threads how many namespaces are worked on at a time
 * @param networks ranges of the cluster that its nodes do not tell
 * @param readLimit how long the first read of the cluster may take
 * @param silenceLimit how long a watch that has shown signs of life may show none before it is opened anew
 * @param namespaceMemory how many bytes of memory may go to what stands in one namespace, as many to its intents, and as many to
 *     the policies by others in it
 */
public record OperatorSettings(
        String namespace,
        String instance,
        Optional<ElectionSettings> election,
        int threads,
        List<Cidr> networks,
        Duration readLimit,
        Duration silenceLimit,
        long namespaceMemory) {

    public static final String DEFAULT_NAMESPACE = "bulkhead-system";
    public static final int DEFAULT_THREADS = 8;
    public static final Duration DEFAULT_READ_LIMIT = Duration.ofMinutes(5);
    /** API servers send a bookmark each minute, give or take two seconds. */
    public static final Duration DEFAULT_SILENCE_LIMIT = Duration.ofSeconds(75);

    public static final int DEFAULT_NAMESPACE_MEBIBYTES = 4;
    public static final long DEFAULT_NAMESPACE_MEMORY = DEFAULT_NAMESPACE_MEBIBYTES * 1024L * 1024;
    /** What the operator takes where nothing is in the cluster, and for working. */
    private static final long OWN_MEMORY = 64 * 1024 * 1024L;
    /** How many teams may fill their namespaces at the same time. */
    private static final int FULL_NAMESPACES = 10;

    private static final int PARTS_OF_A_NAMESPACE = 3;

    public OperatorSettings {
        networks = List.copyOf(networks);
    }

    /** For one replica that runs alone. */
    public static OperatorSettings alone() {
        return new OperatorSettings(
                DEFAULT_NAMESPACE,
                "bulkhead",
                Optional.empty(),
                DEFAULT_THREADS,
                List.of(),
                DEFAULT_READ_LIMIT,
                DEFAULT_SILENCE_LIMIT,
                DEFAULT_NAMESPACE_MEMORY);
    }

    public OperatorSettings with(ElectionSettings settings) {
        return new OperatorSettings(
                namespace,
                settings.identity(),
                Optional.of(settings),
                threads,
                networks,
                readLimit,
                silenceLimit,
                namespaceMemory);
    }

    /** How many bytes of heap it takes that ten namespaces may be as full as can be. */
    public long heapNeeded() {
        return OWN_MEMORY + FULL_NAMESPACES * PARTS_OF_A_NAMESPACE * namespaceMemory;
    }
}
