package dev.bulkhead.cluster.simulation;

import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.GuardrailStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.cluster.simulation.SimulatedApiServer.Change;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.IntentOutcome;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Judges what the product says in statuses. At rest each has to say what the compiler alone says of the objects that are
 * there. In between none may speak of what is still to come, and none may say for long that all is well where policies are
 * not what they should be. What an audit of policies by others finds is not judged, since none is run here.
 */
final class StatusJudge {

    /** Longer than any watch is silent here, and than it takes a namespace that fails to say so. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** That everything went back is noticed by the next comparison of policies, or since watches are silent. */
    private static final Duration UNNOTICED = Duration.ofMinutes(5);

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final SimulatedApiServer server;
    private final VirtualTime time;
    private final Consumer<String> violations;
    private final Set<SimulatedApiServer.Key> policies = new HashSet<>();
    /** By namespace, since when its policies are wrong and all is said to be well. */
    private final Map<String, Duration> untrueSince = new HashMap<>();

    private Duration unnoticedUntil = Duration.ZERO;
    /** All was well at this revision. */
    private long lookedAt;

    StatusJudge(SimulatedApiServer server, VirtualTime time, Consumer<String> violations) {
        this.server = server;
        this.time = time;
        this.violations = violations;
    }

    /** What statuses say is what they said then. */
    void restored() {
        untrueSince.clear();
        unnoticedUntil = time.elapsed().plus(UNNOTICED);
    }

    /** The policies may be others than before. */
    void policiesChanged() {
        server.list("NetworkPolicy").forEach(policy -> policies.add(SimulatedApiServer.Key.of(policy)));
    }

    /** The product wrote a status. It speaks of the policies of its own namespace: those of others are for other passes. */
    void written(String title, Change change) {
        HasMetadata object = change.object();
        if (!(object instanceof GenericKubernetesResource) || change.type() != SimulatedApiServer.Type.MODIFIED) {
            violations.accept("not a status, and yet: " + title);
            return;
        }
        Optional<Long> observed = observed(object);
        // One that was on its way when a backup was restored is of the time before.
        if (time.elapsed().compareTo(unnoticedUntil) >= 0
                && observed.filter(
                                generation -> generation <= object.getMetadata().getGeneration())
                        .isEmpty()) {
            violations.accept(
                    "untrue status after " + title + ": of generation " + observed + ", which is yet to come");
        }
        if (object.getKind().equals("AccessIntent")) {
            AccessIntentStatus status = status(object, AccessIntentStatus.class).orElseThrow();
            List<String> missing = isTrue(status.conditions(), "Ready")
                    ? status.policies().stream()
                            .filter(name -> name.indexOf('/') < 0)
                            .filter(name -> !policies.contains(new SimulatedApiServer.Key(
                                    object.getMetadata().getNamespace(), name)))
                            .toList()
                    : List.of();
            if (!missing.isEmpty()) {
                violations.accept("untrue status after " + title + ": in force in " + missing + ", which never were");
            }
        }
    }

    private static Optional<Long> observed(HasMetadata object) {
        return switch (object.getKind()) {
            case "AccessIntent" -> status(object, AccessIntentStatus.class).map(AccessIntentStatus::observedGeneration);
            case "Segment" -> status(object, SegmentStatus.class).map(SegmentStatus::observedGeneration);
            default -> status(object, GuardrailStatus.class).map(GuardrailStatus::observedGeneration);
        };
    }

    /** Nothing can happen before some time has passed. */
    void waiting(Collection<String> namespaces) {
        if (time.elapsed().compareTo(unnoticedUntil) < 0 || (server.revision() == lookedAt && untrueSince.isEmpty())) {
            return;
        }
        lookedAt = server.revision();
        Desired.Meaning meaning = Desired.meaning(server, time.right());
        Map<NetworkPolicy.Key, NetworkPolicy> wanted = Desired.policies(server, meaning);
        Map<NetworkPolicy.Key, NetworkPolicy> actual = Desired.managed(server);
        for (String namespace : namespaces) {
            if (in(namespace, wanted).equals(in(namespace, actual)) || !saysThatAllIsWell(namespace, meaning)) {
                untrueSince.remove(namespace);
            } else {
                Duration since = untrueSince.computeIfAbsent(namespace, unknown -> time.elapsed());
                if (time.elapsed().minus(since).compareTo(LONGEST) > 0) {
                    violations.accept("untrue status: all is said to be well in " + namespace
                            + " though its policies are wrong, since " + since);
                }
            }
        }
    }

    private static Map<NetworkPolicy.Key, NetworkPolicy> in(
            String namespace, Map<NetworkPolicy.Key, NetworkPolicy> policies) {
        Map<NetworkPolicy.Key, NetworkPolicy> some = new TreeMap<>(policies);
        some.keySet().removeIf(key -> !key.namespace().equals(namespace));
        return some;
    }

    /** By its segment; where it has none, by its intents. */
    private boolean saysThatAllIsWell(String namespace, Desired.Meaning meaning) {
        Optional<SegmentStatus> segment = meaning.enrolment()
                .segment(namespace)
                .flatMap(of -> server.get("Segment", new SimulatedApiServer.Key("", of.name())))
                .flatMap(object -> status(object, SegmentStatus.class));
        if (segment.isPresent()) {
            return isTrue(segment.get().conditions(), "Ready")
                    && !isTrue(segment.get().conditions(), "Held");
        }
        Collection<HasMetadata> intents = server.list("AccessIntent", namespace);
        return !intents.isEmpty()
                && intents.stream()
                        .allMatch(intent -> status(intent, AccessIntentStatus.class)
                                .filter(status -> isTrue(status.conditions(), "Ready"))
                                .isPresent());
    }

    /** Whether a segment says that somebody changes policies as often as they are put right. */
    boolean isToldOfFights() {
        return server.list("Segment").stream()
                .anyMatch(segment -> status(segment, SegmentStatus.class)
                        .filter(status -> isTrue(status.conditions(), "Fought"))
                        .isPresent());
    }

    /** The product has come to rest. */
    void atRest(Collection<String> namespaces) {
        Desired.Meaning meaning = Desired.meaning(server, time.right());
        for (String namespace : namespaces) {
            for (HasMetadata intent : server.list("AccessIntent", namespace)) {
                compare(intent, expected(intent, meaning.compilations().get(namespace)), said(intent));
            }
        }
        for (HasMetadata segment : server.list("Segment")) {
            compare(segment, expectedOfSegment(segment, meaning), saidBySegment(segment));
        }
        for (HasMetadata guardrail : server.list("Guardrail")) {
            compare(
                    guardrail,
                    "generation " + guardrail.getMetadata().getGeneration() + ", Ready True InForce",
                    status(guardrail, GuardrailStatus.class)
                            .map(status -> "generation " + status.observedGeneration()
                                    + condition(status.conditions(), "Ready"))
                            .orElse("nothing"));
        }
        untrueSince.clear();
    }

    private void compare(HasMetadata object, String expected, String said) {
        if (!said.equals(expected)) {
            violations.accept(
                    "wrong status of " + Judge.title(object) + ": says " + said + "\n   should say " + expected);
        }
    }

    private String expected(HasMetadata intent, Compilation compilation) {
        DeclaredIntent.Key key = new DeclaredIntent.Key(
                intent.getMetadata().getNamespace(), intent.getMetadata().getName());
        if (intent.getMetadata().getDeletionTimestamp() != null) {
            return "generation " + intent.getMetadata().getGeneration()
                    + ", Ready False BeingDeleted, Connected False, rules [], policies [], summary ";
        }
        IntentOutcome outcome = compilation.intents().get(key);
        List<NetworkPolicy> taken = taken(compilation);
        boolean conflict = taken.stream()
                .anyMatch(policy -> isOfEverybody(policy) || outcome.policies().contains(policy.key()));
        String ready;
        if (compilation.held().isPresent()) {
            ready = "False Held";
        } else if (conflict) {
            ready = "False NameConflict";
        } else {
            ready = outcome.policies().isEmpty() ? "True NothingToWrite" : "True Written";
        }
        long open = outcome.rules().stream()
                .filter(rule -> rule.state() == RuleOutcome.State.OPEN)
                .count();
        return "generation " + intent.getMetadata().getGeneration() + ", Ready " + ready + ", Connected "
                + (open == outcome.rules().size() ? "True" : "False") + ", rules "
                + outcome.rules().stream()
                        .map(rule -> rule.rule().place() + " " + rule.state().label())
                        .toList()
                + ", policies "
                + outcome.policies().stream()
                        .map(policy -> policy.namespace().equals(key.namespace()) ? policy.name() : policy.toString())
                        .toList()
                + ", summary " + open + "/" + outcome.rules().size();
    }

    private static String said(HasMetadata intent) {
        return status(intent, AccessIntentStatus.class)
                .map(status -> "generation " + status.observedGeneration()
                        + condition(status.conditions(), "Ready")
                        + ", Connected " + (isTrue(status.conditions(), "Connected") ? "True" : "False")
                        + ", rules "
                        + status.rules().stream()
                                .map(rule -> rule.rule() + " "
                                        + RuleOutcome.State.valueOf(rule.state().name())
                                                .label())
                                .toList()
                        + ", policies " + status.policies()
                        + ", summary " + status.summary())
                .orElse("nothing");
    }

    private String expectedOfSegment(HasMetadata segment, Desired.Meaning meaning) {
        String name = segment.getMetadata().getName();
        Collection<String> members = meaning.enrolment().members(name);
        List<String> claimed = meaning.enrolment().conflicts().entrySet().stream()
                .filter(claim -> claim.getValue().segments().contains(name))
                .map(Map.Entry::getKey)
                .toList();
        List<Compilation> compilations = members.stream()
                .map(meaning.compilations()::get)
                .flatMap(Stream::ofNullable)
                .toList();
        String ready;
        if (!claimed.isEmpty()) {
            ready = "False Conflict";
        } else {
            ready = compilations.stream()
                            .flatMap(compilation -> taken(compilation).stream())
                            .anyMatch(StatusJudge::isOfEverybody)
                    ? "False NameConflict"
                    : "True Enrolled";
        }
        boolean held =
                compilations.stream().anyMatch(compilation -> compilation.held().isPresent());
        return "generation " + segment.getMetadata().getGeneration() + ", Ready " + ready + ", Held "
                + (held ? "True WritesHeld" : "False NothingHeld") + ", Fought False NobodyElseWrites, namespaces "
                + members + " " + members.size() + ", conflicts " + claimed;
    }

    private static String saidBySegment(HasMetadata segment) {
        return status(segment, SegmentStatus.class)
                .map(status -> "generation " + status.observedGeneration()
                        + condition(status.conditions(), "Ready")
                        + condition(status.conditions(), "Held")
                        + condition(status.conditions(), "Fought")
                        + ", namespaces " + status.namespaces() + " " + status.namespaceCount()
                        + ", conflicts "
                        + status.conflicts().stream()
                                .map(conflict -> conflict.namespace())
                                .toList())
                .orElse("nothing");
    }

    /** Policies whose names somebody else has. */
    private List<NetworkPolicy> taken(Compilation compilation) {
        return compilation.policies().values().stream()
                .filter(policy -> server.get(
                                "NetworkPolicy",
                                new SimulatedApiServer.Key(
                                        policy.key().namespace(), policy.key().name()))
                        .filter(live -> !Desired.isManaged(live))
                        .isPresent())
                .toList();
    }

    private static boolean isOfEverybody(NetworkPolicy policy) {
        return !Marker.Role.ALLOW.label().equals(policy.labels().get(Marker.ROLE));
    }

    private static String condition(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .map(condition -> ", " + type + " " + (condition.status() == ConditionStatus.TRUE ? "True " : "False ")
                        + condition.reason())
                .findFirst()
                .orElse(", no " + type);
    }

    private static boolean isTrue(List<Condition> conditions, String type) {
        return conditions.stream()
                .anyMatch(condition -> condition.type().equals(type) && condition.status() == ConditionStatus.TRUE);
    }

    private static <S> Optional<S> status(HasMetadata object, Class<S> type) {
        return Optional.ofNullable(((GenericKubernetesResource) object).<Object>get("status"))
                .map(status -> SERIALIZATION.convertValue(status, type));
    }
}
