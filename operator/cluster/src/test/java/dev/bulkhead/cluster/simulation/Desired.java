package dev.bulkhead.cluster.simulation;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventoryListener;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.SimulatedInventory;
import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.HeldPolicies;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What a fresh install would write for the inputs as they are, and which connections that allows together with the
 * policies of others.
 */
record Desired(Map<NetworkPolicy.Key, NetworkPolicy> policies, BitSet connections) {

    private static final Compiler COMPILER = new Compiler();
    private static final PolicyRenderer RENDERER = new PolicyRenderer();
    private static final Map<String, Meaning> KNOWN = new ConcurrentHashMap<>();

    /** Each as the product reads it; objects are never changed once stored. */
    private static final Cache<HasMetadata, LivePolicy> READ =
            CacheBuilder.newBuilder().weakKeys().build();

    /** What the compiler says of the inputs, whatever policies there are. */
    record Meaning(ImmutableSortedMap<String, Compilation> compilations, Enrolment enrolment) {}

    static Meaning meaning(SimulatedApiServer server, Clock clock) {
        return KNOWN.computeIfAbsent(inputs(server), unknown -> compile(server, clock));
    }

    static Desired of(SimulatedApiServer server, Connections connections, Clock clock) {
        Map<NetworkPolicy.Key, NetworkPolicy> policies = policies(server, meaning(server, clock));
        List<HasMetadata> all = new ArrayList<>();
        server.list("NetworkPolicy").stream()
                .filter(policy -> !isManaged(policy))
                .forEach(all::add);
        policies.values().forEach(policy -> all.add(RENDERER.render(policy)));
        return new Desired(policies, connections.allowed(all));
    }

    /** What there should be, where names are not taken. */
    static Map<NetworkPolicy.Key, NetworkPolicy> policies(SimulatedApiServer server, Meaning meaning) {
        Map<NetworkPolicy.Key, NetworkPolicy> policies = new TreeMap<>();
        List<HasMetadata> live = List.copyOf(server.list("NetworkPolicy"));
        meaning.compilations().forEach((namespace, compilation) -> {
            if (compilation.held().isPresent()) {
                policies.putAll(HeldPolicies.of(
                        compilation,
                        live.stream()
                                .filter(Desired::isManaged)
                                .map(Desired::live)
                                .toList()));
            } else {
                policies.putAll(compilation.policies());
            }
        });
        live.stream()
                .filter(policy -> !isManaged(policy))
                .forEach(taken -> policies.remove(new NetworkPolicy.Key(
                        taken.getMetadata().getNamespace(), taken.getMetadata().getName())));
        return policies;
    }

    static boolean isManaged(HasMetadata policy) {
        return live(policy, LivePolicy::isManaged);
    }

    /** What there is instead. */
    static Map<NetworkPolicy.Key, NetworkPolicy> managed(SimulatedApiServer server) {
        Map<NetworkPolicy.Key, NetworkPolicy> managed = new TreeMap<>();
        server.list("NetworkPolicy").stream()
                .filter(Desired::isManaged)
                .map(Desired::live)
                .forEach(policy -> managed.put(policy.key(), policy));
        return managed;
    }

    private static NetworkPolicy live(HasMetadata policy) {
        return live(policy, LivePolicy::policy);
    }

    private static <T> T live(HasMetadata policy, java.util.function.Function<LivePolicy, T> question) {
        LivePolicy known = READ.getIfPresent(policy);
        if (known == null) {
            known = LivePolicy.of((io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy) policy);
            READ.put(policy, known);
        }
        return question.apply(known);
    }

    /** Everything that the answer depends on, as a text. */
    private static String inputs(SimulatedApiServer server) {
        StringBuilder text = new StringBuilder();
        for (String kind : SimulatedApiServer.KINDS) {
            if (!kind.equals("NetworkPolicy")) {
                for (HasMetadata object : server.list(kind)) {
                    text.append(kind)
                            .append(SimulatedApiServer.Key.of(object))
                            .append(object.getMetadata().getLabels())
                            .append(object.getMetadata().getDeletionTimestamp() != null);
                    if (object instanceof GenericKubernetesResource generic) {
                        text.append(generic.<Object>get("spec"));
                    }
                }
            }
        }
        return text.toString();
    }

    private static Meaning compile(SimulatedApiServer server, Clock clock) {
        try (Inventory inventory =
                SimulatedInventory.create(clock, new SetTicker(), new Nobody(), new Reader(server))) {
            inventory.start(Duration.ofMinutes(1), failure -> {});
            InventorySnapshot snapshot = inventory.snapshot();
            ImmutableSortedMap.Builder<String, Compilation> compiled = ImmutableSortedMap.naturalOrder();
            snapshot.world().namespaces().forEach((name, namespace) -> {
                if (!namespace.terminating()) {
                    compiled.put(
                            name,
                            COMPILER.compile(
                                    snapshot.world(),
                                    snapshot::policiesByOthers,
                                    snapshot.declarations(),
                                    snapshot.enrolment(),
                                    name));
                }
            });
            return new Meaning(compiled.build(), snapshot.enrolment());
        }
    }

    private record Reader(SimulatedApiServer server) implements SimulatedInventory.Source {

        @Override
        public void start(Map<String, SimulatedInventory.Handler> handlersByKind) {
            handlersByKind.forEach((kind, handler) -> server.list(kind).forEach(handler::seen));
        }

        @Override
        public Optional<Instant> guardrailsDefinedSince() {
            return Optional.of(Instant.EPOCH);
        }

        @Override
        public String policies(
                String namespace, Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each) {
            throw new UnsupportedOperationException("it writes nothing");
        }

        @Override
        public void readAnew(String kind) {}

        @Override
        public void later(Duration delay, Runnable task) {}
    }

    private static final class Nobody implements InventoryListener {

        @Override
        public void touched(Set<String> namespaces) {}

        @Override
        public void enrolmentChanged() {}

        @Override
        public void drifted(NetworkPolicy.Key key, String by) {}

        @Override
        public void gone(String namespace) {}
    }
}
