package dev.bulkhead.demo;

import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Enforcement;
import dev.bulkhead.api.v1alpha1.RuleState;
import dev.bulkhead.api.v1alpha1.RuleStatus;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.SegmentSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the teams declare, and what they are told about it. */
final class StoryDeclarations {

    /** A rule and what its intent's status says about it. */
    record Report(String intent, RuleStatus rule) {}

    private final KubernetesClient client;
    private final StoryManifests manifests;

    StoryDeclarations(KubernetesClient client) {
        this.client = client;
        this.manifests = new StoryManifests(client);
    }

    List<String> text(String manifest) {
        return manifests.lines(manifest);
    }

    void apply(String manifest) {
        manifests.apply(manifest);
    }

    void withdraw(String namespace, String intent) {
        client.resources(AccessIntent.class)
                .inNamespace(namespace)
                .withName(intent)
                .delete();
    }

    /** Turns both directions on, in every segment. */
    void enforce() {
        for (Segment segment : client.resources(Segment.class).list().getItems()) {
            client.resources(Segment.class)
                    .withName(segment.getMetadata().getName())
                    .edit(StoryDeclarations::enforced);
        }
    }

    int rules() {
        return intents().stream()
                .mapToInt(intent -> intent.getSpec().outbound().size()
                        + intent.getSpec().inbound().size())
                .sum();
    }

    /** What the statuses say, as far as they are up to date. */
    List<Report> reports() {
        List<Report> reports = new ArrayList<>();
        for (AccessIntent intent : intents()) {
            String name = intent.getMetadata().getNamespace() + "/"
                    + intent.getMetadata().getName();
            current(intent).ifPresent(status -> status.rules().forEach(rule -> reports.add(new Report(name, rule))));
        }
        return reports;
    }

    /** Whether the intent's status says this about its rule. */
    boolean isIn(String intent, String rule, RuleState state) {
        return reports().stream()
                .anyMatch(report -> report.intent().equals(intent)
                        && report.rule().rule().equals(rule)
                        && report.rule().state() == state);
    }

    /** A line for each rule that has a state, and what it says. */
    List<String> describe() {
        return reports().stream()
                .map(report -> "%-15s %-12s %-31s %s"
                        .formatted(
                                report.intent(),
                                report.rule().rule(),
                                report.rule().peer(),
                                // What comes before says that it is a segment that observes.
                                report.rule().message().replaceFirst("^[^;]*; ", "")))
                .toList();
    }

    private List<AccessIntent> intents() {
        return client.resources(AccessIntent.class).inAnyNamespace().list().getItems().stream()
                .sorted(Comparator.comparing(
                                (AccessIntent intent) -> intent.getMetadata().getNamespace())
                        .thenComparing(intent -> intent.getMetadata().getName()))
                .toList();
    }

    private static Optional<AccessIntentStatus> current(AccessIntent intent) {
        Long generation = intent.getMetadata().getGeneration();
        return Optional.ofNullable(intent.getStatus())
                .filter(status -> generation == null || generation.equals(status.observedGeneration()));
    }

    private static Segment enforced(Segment segment) {
        SegmentSpec spec = segment.getSpec();
        segment.setSpec(new SegmentSpec(
                spec.namespaces(),
                spec.except(),
                new Enforcement(true, true),
                spec.trustBoundary(),
                spec.baseline(),
                spec.identity()));
        return segment;
    }
}
