package dev.bulkhead.cluster.simulation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What people do to a cluster, step by step.
 *
 * @param initial the objects that are there at first; all pods that are ever judged are among them
 */
record Scenario(String name, List<HasMetadata> initial, List<Step> steps) {

    private static final Map<String, List<HasMetadata>> PARSED = new ConcurrentHashMap<>();

    /** What somebody does at once. */
    record Step(String title, Consumer<SimulatedApiServer> doing) {}

    static Scenario of(String name, String initial, Step... steps) {
        return new Scenario(name, parse(initial), List.of(steps));
    }

    private static List<HasMetadata> parse(String yaml) {
        return PARSED.computeIfAbsent(
                yaml,
                text -> Arrays.stream(text.split("---\n"))
                        .filter(document -> !document.isBlank())
                        .map(SimulatedApiServer::read)
                        .toList());
    }

    static Step apply(String title, String yaml) {
        List<HasMetadata> objects = parse(yaml);
        return new Step(title, server -> objects.forEach(object -> server.apply(object, "kubectl")));
    }

    static Step delete(String title, String kind, String namespace, String name) {
        return new Step(title, server -> {
            SimulatedApiServer.Key key = new SimulatedApiServer.Key(namespace, name);
            if (server.get(kind, key).isPresent()) {
                server.delete(kind, key, Optional.empty(), Optional.empty());
            }
        });
    }

    Collection<Pod> pods() {
        return initial.stream()
                .filter(Pod.class::isInstance)
                .map(Pod.class::cast)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
