package dev.bulkhead.cluster.simulation;

import dev.bulkhead.cluster.apply.PolicyApi;
import dev.bulkhead.cluster.inventory.InventoryListener;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.SimulatedInventory;
import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.cluster.status.StatusApi;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Defects of the classes that operators are known for. The simulator is worth as much as it catches of them. */
enum PlantedBug implements Bug {
    // Writes.
    CREATE_IS_FORGOTTEN(api(api -> new Altered(api) {
        @Override
        public LivePolicy create(NetworkPolicy policy) {
            LivePolicy created = super.create(policy);
            super.delete(created);
            return created;
        }
    })),
    DELETE_IS_FORGOTTEN(api(api -> new Altered(api) {
        @Override
        public void delete(LivePolicy live) {}
    })),
    UPDATE_IS_FORGOTTEN(api(api -> new Altered(api) {
        @Override
        public LivePolicy replace(NetworkPolicy wanted, LivePolicy live) {
            return with(live, wanted);
        }
    })),
    FAILED_CREATE_IS_TAKEN_FOR_DONE(api(api -> new Altered(api) {
        @Override
        public LivePolicy create(NetworkPolicy policy) {
            try {
                return super.create(policy);
            } catch (KubernetesClientException e) {
                return as(policy, "uid-unknown", "1");
            }
        }
    })),
    FAILED_UPDATE_IS_TAKEN_FOR_DONE(api(api -> new Altered(api) {
        @Override
        public LivePolicy replace(NetworkPolicy wanted, LivePolicy live) {
            try {
                return super.replace(wanted, live);
            } catch (KubernetesClientException e) {
                return with(live, wanted);
            }
        }
    })),
    FAILED_DELETE_IS_TAKEN_FOR_DONE(api(api -> new Altered(api) {
        @Override
        public void delete(LivePolicy live) {
            try {
                super.delete(live);
            } catch (KubernetesClientException e) {
                // As if it had been done.
            }
        }
    })),
    UPDATE_IS_DELETE_AND_CREATE(api(api -> new Altered(api) {
        @Override
        public LivePolicy replace(NetworkPolicy wanted, LivePolicy live) {
            super.delete(live);
            return super.create(wanted);
        }
    })),
    UPDATE_OVERWRITES_BLINDLY(api(api -> new Altered(api) {
        @Override
        public LivePolicy replace(NetworkPolicy wanted, LivePolicy live) {
            return super.replace(wanted, super.read(live.policy().key()).orElse(live));
        }
    })),
    DELETE_IS_BLIND(api(api -> new Altered(api) {
        @Override
        public void delete(LivePolicy live) {
            super.delete(super.read(live.policy().key()).orElse(live));
        }
    })),
    CREATE_OVERWRITES_WHAT_HAS_THE_NAME(api(api -> new Altered(api) {
        @Override
        public LivePolicy create(NetworkPolicy policy) {
            Optional<LivePolicy> there = super.read(policy.key());
            return there.isPresent() ? super.replace(policy, there.get()) : super.create(policy);
        }
    })),
    DELETE_WAITS_FOR_THE_NEXT_WRITE(api(api -> new Altered(api) {
        private LivePolicy waiting;

        @Override
        public LivePolicy create(NetworkPolicy policy) {
            LivePolicy created = super.create(policy);
            catchUp();
            return created;
        }

        @Override
        public void delete(LivePolicy live) {
            catchUp();
            waiting = live;
        }

        private void catchUp() {
            if (waiting != null) {
                super.delete(waiting);
                waiting = null;
            }
        }
    })),
    CREATE_WAITS_FOR_THE_NEXT_UPDATE(api(api -> new Altered(api) {
        private final List<NetworkPolicy> waiting = new ArrayList<>();

        @Override
        public LivePolicy create(NetworkPolicy policy) {
            if (policy.rules(dev.bulkhead.core.world.Direction.INGRESS).isEmpty()) {
                return super.create(policy);
            }
            waiting.add(policy);
            return as(policy, "uid-unknown", "1");
        }

        @Override
        public LivePolicy replace(NetworkPolicy wanted, LivePolicy live) {
            LivePolicy replaced = super.replace(wanted, live);
            waiting.forEach(super::create);
            waiting.clear();
            return replaced;
        }
    })),
    DIRECTIONS_ARE_NOT_UPDATED(api(api -> new Altered(api) {
        @Override
        public LivePolicy replace(NetworkPolicy wanted, LivePolicy live) {
            NetworkPolicy kept = new NetworkPolicy(
                    wanted.key(),
                    wanted.labels(),
                    wanted.annotations(),
                    wanted.subject(),
                    live.policy().directions(),
                    wanted.ingress(),
                    wanted.egress());
            super.replace(kept, live);
            return with(live, wanted);
        }
    })),
    RULES_ARE_LOST(api(api -> new Altered(api) {
        @Override
        public LivePolicy create(NetworkPolicy policy) {
            return super.create(new NetworkPolicy(
                    policy.key(),
                    policy.labels(),
                    policy.annotations(),
                    policy.subject(),
                    policy.directions(),
                    policy.ingress(),
                    com.google.common.collect.ImmutableList.of()));
        }
    })),

    // Events.
    DELETED_INTENTS_ARE_MISSED(watch((kind, type) -> kind.equals("AccessIntent") && type.equals("gone"))),
    DELETED_SEGMENTS_ARE_MISSED(watch((kind, type) -> kind.equals("Segment") && type.equals("gone"))),
    DELETED_GUARDRAILS_ARE_MISSED(watch((kind, type) -> kind.equals("Guardrail") && type.equals("gone"))),
    DELETED_POLICIES_ARE_MISSED(watch((kind, type) -> kind.equals("NetworkPolicy") && type.equals("gone"))),
    CHANGED_INTENTS_ARE_MISSED(watch((kind, type) -> kind.equals("AccessIntent") && type.equals("changed"))),
    CHANGED_SEGMENTS_ARE_MISSED(watch((kind, type) -> kind.equals("Segment") && type.equals("changed"))),
    CHANGED_POLICIES_ARE_MISSED(watch((kind, type) -> kind.equals("NetworkPolicy") && type.equals("changed"))),
    NEW_GUARDRAILS_ARE_MISSED(watch((kind, type) -> kind.equals("Guardrail") && type.equals("changed"))),
    INTENTS_ARE_LISTED_AS_NONE(watch((kind, type) -> kind.equals("AccessIntent") && type.equals("listed"))),
    SEGMENTS_ARE_LISTED_AS_NONE(watch((kind, type) -> kind.equals("Segment") && type.equals("listed"))),
    POLICIES_ARE_LISTED_AS_NONE(watch((kind, type) -> kind.equals("NetworkPolicy") && type.equals("listed"))),
    A_NEW_LIST_DOES_NOT_REMOVE(watch((kind, type) -> type.equals("missing"))),

    // Gates.
    A_NAMESPACE_THAT_IS_CLAIMED_TWICE_CHANGES(without("ConflictingSegments")),
    THE_OTHER_END_IS_NOT_WAITED_FOR(without("WithdrawalsElsewhere")),
    PODS_ARE_ISOLATED_BY_AN_OLD_VIEW(without("CurrentPolicies")),
    NOTHING_IS_LOOKED_AT_TWICE(without("MassRemovalBrake")),

    // Reads.
    REMOVAL_WITHOUT_A_SECOND_READ(new Bug() {
        @Override
        public boolean readsPastCaches() {
            return false;
        }
    }),

    // Statuses.
    STATUS_OF_AN_OLDER_GENERATION_STAYS(
            statuses((members, patch) -> ((Number) members.get("observedGeneration")).longValue() > 1
                    ? PlantedBug.UNCHANGED
                    : patch.apply(members))),
    FAILED_STATUS_IS_NOT_TRIED_AGAIN(statuses((members, patch) -> {
        try {
            return patch.apply(members);
        } catch (KubernetesClientException e) {
            throw SimulatedApiServer.refusal(404, "NotFound", "as if there were no such object");
        }
    })),
    STATUS_OF_WHAT_IS_NO_LONGER_ENFORCED_STAYS(statuses(
            (members, patch) -> members.toString().contains("Observed") ? PlantedBug.UNCHANGED : patch.apply(members))),
    READY_IS_SAID_WHATEVER_HAPPENS(statuses((members, patch) -> {
        Map<String, Object> better = new LinkedHashMap<>(members);
        better.put("conditions", conditions(members).map(PlantedBug::well).toList());
        return patch.apply(better);
    })),
    HOLDS_ARE_NOT_TOLD(statuses((members, patch) ->
            conditions(members).anyMatch(condition -> condition.get("reason").equals("WritesHeld"))
                    ? PlantedBug.UNCHANGED
                    : patch.apply(members))),

    // Wake-ups.
    NOBODY_IS_WOKEN(wake(namespace -> false)),
    ONE_NAMESPACE_IS_NEVER_WOKEN(wake(namespace -> !namespace.equals("pay"))),
    ANOTHER_NAMESPACE_IS_NEVER_WOKEN(wake(namespace -> !namespace.equals("shop"))),
    FAILURES_ARE_NOT_TRIED_AGAIN(new Bug() {
        @Override
        public int retries() {
            return 0;
        }
    }),
    NOBODY_COMES_BACK(new Bug() {
        @Override
        public boolean comesBack() {
            return false;
        }
    });

    /** A version that is older than any. */
    private static final String UNCHANGED = "1";

    // Each process gets an alteration of its own, so nothing is shared through it.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Bug bug;

    PlantedBug(Bug bug) {
        this.bug = bug;
    }

    @Override
    public InventoryListener listener(InventoryListener controller) {
        return bug.listener(controller);
    }

    @Override
    public SimulatedInventory.Source source(SimulatedInventory.Source source) {
        return bug.source(source);
    }

    @Override
    public PolicyApi api(PolicyApi api) {
        return bug.api(api);
    }

    @Override
    public StatusApi statuses(StatusApi api) {
        return bug.statuses(api);
    }

    @Override
    public boolean asks(String gate) {
        return bug.asks(gate);
    }

    @Override
    public boolean readsPastCaches() {
        return bug.readsPastCaches();
    }

    @Override
    public int retries() {
        return bug.retries();
    }

    @Override
    public boolean comesBack() {
        return bug.comesBack();
    }

    private static Bug without(String gate) {
        return new Bug() {
            @Override
            public boolean asks(String asked) {
                return !asked.equals(gate);
            }
        };
    }

    private static Bug api(UnaryOperator<PolicyApi> alteration) {
        return new Bug() {
            @Override
            public PolicyApi api(PolicyApi api) {
                return alteration.apply(api);
            }
        };
    }

    /** @param alteration given the members of the status, and what would write them and answer with the version */
    private static Bug statuses(
            BiFunction<Map<String, Object>, Function<Map<String, Object>, String>, String> alteration) {
        return new Bug() {
            @Override
            public StatusApi statuses(StatusApi api) {
                return new StatusApi() {
                    @Override
                    public String patch(
                            String kind, String namespace, String name, String uid, Map<String, Object> members) {
                        return alteration.apply(members, altered -> api.patch(kind, namespace, name, uid, altered));
                    }

                    @Override
                    public void create(Event event) {
                        api.create(event);
                    }
                };
            }
        };
    }

    private static Stream<Map<?, ?>> conditions(Map<String, Object> members) {
        return ((List<?>) members.get("conditions")).stream().map(condition -> (Map<?, ?>) condition);
    }

    private static Map<?, ?> well(Map<?, ?> condition) {
        Map<Object, Object> well = new LinkedHashMap<>(condition);
        if (condition.get("type").equals("Ready")) {
            well.put("status", "True");
        }
        return well;
    }

    private static Bug wake(Predicate<String> woken) {
        return new Bug() {
            @Override
            public InventoryListener listener(InventoryListener controller) {
                return new Listener(controller, woken);
            }
        };
    }

    /** @param missed told the kind, and listed, changed, gone, or missing from a new list */
    private static Bug watch(BiPredicate<String, String> missed) {
        return new Bug() {
            @Override
            public SimulatedInventory.Source source(SimulatedInventory.Source source) {
                return new Missing(source, missed);
            }
        };
    }

    private static LivePolicy with(LivePolicy live, NetworkPolicy wanted) {
        return as(wanted, live.uid(), live.resourceVersion());
    }

    private static LivePolicy as(NetworkPolicy policy, String uid, String resourceVersion) {
        return LivePolicy.of(new NetworkPolicyBuilder(new PolicyRenderer().render(policy))
                .editMetadata()
                .withUid(uid)
                .withResourceVersion(resourceVersion)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .build());
    }

    private static class Altered implements PolicyApi {

        private final PolicyApi api;

        Altered(PolicyApi api) {
            this.api = api;
        }

        @Override
        public LivePolicy create(NetworkPolicy policy) {
            return api.create(policy);
        }

        @Override
        public LivePolicy replace(NetworkPolicy wanted, LivePolicy live) {
            return api.replace(wanted, live);
        }

        @Override
        public void delete(LivePolicy live) {
            api.delete(live);
        }

        @Override
        public Optional<LivePolicy> read(NetworkPolicy.Key key) {
            return api.read(key);
        }
    }

    private record Listener(InventoryListener controller, Predicate<String> woken) implements InventoryListener {

        @Override
        public void touched(Set<String> namespaces) {
            controller.touched(Set.copyOf(namespaces.stream().filter(woken).toList()));
        }

        @Override
        public void enrolmentChanged() {
            controller.enrolmentChanged();
        }

        @Override
        public void drifted(NetworkPolicy.Key key, String by) {
            controller.drifted(key, by);
        }

        @Override
        public void gone(String namespace) {
            controller.gone(namespace);
        }
    }

    private static final class Missing implements SimulatedInventory.Source {

        private final SimulatedInventory.Source source;
        private final BiPredicate<String, String> missed;
        private boolean started;

        private Missing(SimulatedInventory.Source source, BiPredicate<String, String> missed) {
            this.source = source;
            this.missed = missed;
        }

        @Override
        public void start(Map<String, SimulatedInventory.Handler> handlersByKind) {
            Map<String, SimulatedInventory.Handler> fewer = new LinkedHashMap<>();
            handlersByKind.forEach((kind, handler) -> fewer.put(kind, new SimulatedInventory.Handler() {
                @Override
                public void seen(HasMetadata object) {
                    if (!missed.test(kind, started ? "changed" : "listed")) {
                        handler.seen(object);
                    }
                }

                @Override
                public void gone(HasMetadata object) {
                    boolean stub = object.getMetadata().getResourceVersion() == null;
                    if (!missed.test(kind, stub ? "missing" : "gone")) {
                        handler.gone(object);
                    }
                }

                @Override
                public void listed(String resourceVersion, BiPredicate<String, String> isKnown) {
                    handler.listed(resourceVersion, isKnown);
                }
            }));
            source.start(fewer);
            started = true;
        }

        @Override
        public void compare(Supplier<Duration> comparison) {
            source.compare(comparison);
        }

        @Override
        public String policies(Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each) {
            return source.policies(each);
        }

        @Override
        public Optional<Instant> guardrailsDefinedSince() {
            return source.guardrailsDefinedSince();
        }

        @Override
        public String policies(
                String namespace, Consumer<io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy> each) {
            return source.policies(namespace, each);
        }

        @Override
        public void readAnew(String kind) {
            // Where lists lack everything, so does the next one.
            if (!missed.test(kind, "listed")) {
                source.readAnew(kind);
            }
        }

        @Override
        public void later(Duration delay, Runnable task) {
            source.later(delay, task);
        }
    }
}
