package dev.bulkhead.cluster;

import dev.bulkhead.cluster.lead.ElectionSettings;
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
 */
public record OperatorSettings(
        String namespace,
        String instance,
        Optional<ElectionSettings> election,
        int threads,
        List<Cidr> networks,
        Duration readLimit,
        Duration silenceLimit) {

    public static final String DEFAULT_NAMESPACE = "bulkhead-system";
    public static final int DEFAULT_THREADS = 8;
    public static final Duration DEFAULT_READ_LIMIT = Duration.ofMinutes(5);
    /** API servers send a bookmark each minute, give or take two seconds. */
    public static final Duration DEFAULT_SILENCE_LIMIT = Duration.ofSeconds(75);

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
                DEFAULT_SILENCE_LIMIT);
    }

    public OperatorSettings with(ElectionSettings settings) {
        return new OperatorSettings(
                namespace, settings.identity(), Optional.of(settings), threads, networks, readLimit, silenceLimit);
    }
}
