package dev.bulkhead.cluster.inventory;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.cluster.log.LogQuota;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The product's inventory, fed by a simulated API server. */
public final class SimulatedInventory {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    /** Takes in the objects of one kind. */
    public interface Handler {

        void seen(HasMetadata object);

        void gone(HasMetadata object);

        /**
         * A list ended, and everything in it was handed on.
         *
         * @param isKnown whether the list, or something newer, contains the object of this key and uid
         */
        default void listed(String resourceVersion, BiPredicate<String, String> isKnown) {}
    }

    /** Where the objects come from. */
    public interface Source {

        /** Hands on all objects, each kind complete before the method returns, and goes on with what changes. */
        void start(Map<String, Handler> handlersByKind);

        /** @param comparison of all policies of ours, to be made now and then; answers when to make the next one */
        default void compare(Supplier<Duration> comparison) {}

        /**
         * Everybody's policies, past all caches.
         *
         * @return the version of the list
         */
        default String policies(Consumer<NetworkPolicy> each) {
            throw new UnsupportedOperationException("nobody compares all of them here");
        }

        Optional<Instant> guardrailsDefinedSince();

        /**
         * Everybody's policies in one namespace, past all caches.
         *
         * @return the version of the list
         */
        String policies(String namespace, Consumer<NetworkPolicy> each);

        /** Lists the kind anew. */
        void readAnew(String kind);

        void later(Duration delay, Runnable task);
    }

    private SimulatedInventory() {}

    public static Inventory create(Clock clock, Ticker ticker, InventoryListener listener, Source source) {
        return new Inventory(
                "bulkhead-system",
                List.of(),
                OperatorSettings.DEFAULT_NAMESPACE_MEMORY,
                listener,
                feed -> new Adapter(feed, source, ticker, new LogQuota(clock)));
    }

    private static final class Adapter implements InventorySource {

        private final Source source;
        private final PolicyComparison comparison;
        private final Map<String, Handler> handlers = new LinkedHashMap<>();

        private Adapter(Inventory.Feed feed, Source source, Ticker ticker, LogQuota quota) {
            this.source = source;
            Intake intake = feed.intake(
                    new DeclarationDecoder(SERIALIZATION, quota),
                    lost(
                            feed,
                            source,
                            ticker,
                            LostDeclarations.GUARDRAILS,
                            feed.state().guardrailsInForce()),
                    lost(
                            feed,
                            source,
                            ticker,
                            LostDeclarations.WELL_KNOWN_PEERS,
                            feed.state().wellKnownInForce()));
            comparison = new PolicyComparison(
                    new Fresh(source), intake, () -> handlers.keySet().forEach(source::readAnew));
            handle("Namespace", Namespace.class, intake::seen, intake::gone);
            handle("Pod", Pod.class, intake::seen, intake::gone);
            handle("AccessIntent", GenericKubernetesResource.class, intake::intentSeen, intake::intentGone);
            handle("Segment", GenericKubernetesResource.class, intake::segmentSeen, intake::segmentGone);
            handle("Guardrail", GenericKubernetesResource.class, intake::guardrailSeen, intake::guardrailGone);
            handle(
                    "WellKnownPeers",
                    GenericKubernetesResource.class,
                    intake::wellKnownPeersSeen,
                    intake::wellKnownPeersGone);
            handle(
                    "NetworkPolicy",
                    NetworkPolicy.class,
                    intake::seen,
                    intake::gone,
                    (resourceVersion, isKnown) -> intake.policiesListed(
                            resourceVersion,
                            ListScope.EVERYBODY,
                            (key, uid) -> isKnown.test(key.namespace() + "/" + key.name(), uid)));
        }

        /** All definitions were made when that of guardrails was. */
        private static LostDeclarations lost(
                Inventory.Feed feed,
                Source source,
                Ticker ticker,
                String definition,
                LostDeclarations.InForce inForce) {
            return new LostDeclarations(
                    definition, source::guardrailsDefinedSince, inForce, ticker, feed.touched(), new Timers(source));
        }

        private <T> void handle(String kind, Class<T> type, Consumer<T> seen, Consumer<T> gone) {
            handle(kind, type, seen, gone, (resourceVersion, isKnown) -> {});
        }

        private <T> void handle(
                String kind, Class<T> type, Consumer<T> seen, Consumer<T> gone, WatchedKind.ListEnd ended) {
            handlers.put(kind, new Handler() {
                @Override
                public void seen(HasMetadata object) {
                    seen.accept(type.cast(object));
                }

                @Override
                public void gone(HasMetadata object) {
                    gone.accept(type.cast(object));
                }

                @Override
                public void listed(String resourceVersion, BiPredicate<String, String> isKnown) {
                    ended.listed(resourceVersion, isKnown);
                }
            });
        }

        @Override
        public List<CompletableFuture<Void>> start(Consumer<Throwable> stopped) {
            source.start(handlers);
            source.compare(comparison::compare);
            return List.of();
        }

        @Override
        public List<String> interrupted() {
            return List.of();
        }

        @Override
        public Optional<Instant> guardrailsDefinedSince() {
            return source.guardrailsDefinedSince();
        }

        @Override
        public void comparePolicies(String namespace) {
            comparison.compare(namespace);
        }

        @Override
        public void readAnew(String kind) {
            source.readAnew(kind);
        }

        @Override
        public void close() {}
    }

    private record Fresh(Source source) implements PolicyComparison.FreshList {

        @Override
        public String ours(Consumer<NetworkPolicy> each) {
            return source.policies(policy -> {
                if (LivePolicy.of(policy).isManaged()) {
                    each.accept(policy);
                }
            });
        }

        @Override
        public String of(String namespace, Consumer<NetworkPolicy> each) {
            return source.policies(namespace, each);
        }
    }

    private record Timers(Source source) implements LostDeclarations.Later {

        @Override
        public void run(Duration delay, Runnable task) {
            source.later(delay, task);
        }

        @Override
        public void close() {}
    }
}
