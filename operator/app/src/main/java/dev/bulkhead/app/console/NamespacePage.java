package dev.bulkhead.app.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Lists;
import com.google.common.collect.Maps;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.IdentityAssurance;
import dev.bulkhead.api.v1alpha1.RuleStatus;
import dev.bulkhead.app.explain.IntentsBehindRule;
import dev.bulkhead.app.wording.SelectorInWords;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.cluster.inventory.NamespaceDeclarations;
import dev.bulkhead.cluster.inventory.Rejection;
import dev.bulkhead.cluster.render.IntentYaml;
import dev.bulkhead.cluster.render.PolicyYaml;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands in one namespace, what was declared there, and what was written.
 *
 * @param workloads made one after the other while they are written, like intents and policies: all together may be large
 */
record NamespacePage(
        String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String segment,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> claimedBy,
        List<String> enforced,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String held,
        List<OneWorkload> workloads,
        List<Intent> intents,
        List<Inbox.Wish> inbox,
        List<Policy> policies) {

    record OneWorkload(
            String id,
            String kind,
            String name,
            int pods,
            List<String> serviceAccounts,
            boolean hostNetwork,
            int unstamped,
            List<String> ports) {}

    record Intent(
            String name,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String description,
            String workload,
            @JsonInclude(JsonInclude.Include.NON_NULL) IdentityAssurance identity,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String rejected,
            List<IntentRule> rules,
            List<String> policies,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String yaml) {}

    record IntentRule(
            String rule,
            String direction,
            String peer,
            String ports,
            String state,
            String message,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String idle,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String reason) {}

    record Policy(
            String name,
            boolean managed,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String writer,
            String selects,
            List<String> directions,
            List<OneRule> rules,
            String yaml) {}

    record OneRule(String rule, List<String> peers, String ports, List<String> intents) {}

    static NamespacePage of(ViewedCluster cluster, Namespace namespace, PolicyYaml yaml) {
        LiveView view = cluster.view();
        String name = namespace.name();
        ImmutableList<Pod> pods = view.pods().get(name);
        ImmutableSortedMap<String, AccessIntentStatus> statuses =
                view.intentStatuses().getOrDefault(name, ImmutableSortedMap.of());
        return new NamespacePage(
                name,
                view.snapshot()
                        .enrolment()
                        .segment(name)
                        .map(DeclaredSegment::name)
                        .orElse(""),
                Overview.claimedBy(view.snapshot().enrolment(), name),
                Overview.directions(view.snapshot().enrolment(), name),
                held(statuses),
                workloads(namespace, pods),
                intents(cluster, name, statuses),
                Inbox.of(cluster, name),
                Lists.transform(view.snapshot().policies(name).values().asList(), policy -> policy(policy, yaml)));
    }

    private static String held(ImmutableSortedMap<String, AccessIntentStatus> statuses) {
        return statuses.values().stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.reason().equals("Held"))
                .map(Condition::message)
                .findFirst()
                .orElse("");
    }

    private static List<OneWorkload> workloads(Namespace namespace, List<Pod> pods) {
        Map<WorkloadName, List<Pod>> byWorkload = pods.stream().collect(Collectors.groupingBy(Pod::workload));
        Map<WorkloadName, PodClass> templates = namespace.workloads().values().stream()
                .collect(Collectors.toMap(
                        workload -> new WorkloadName(
                                namespace.name(),
                                workload.key().kind(),
                                workload.key().name()),
                        workload -> workload.template()));
        return Lists.transform(
                Workloads.names(namespace, pods).asList(),
                name -> workload(
                        name, byWorkload.getOrDefault(name, List.of()), Optional.ofNullable(templates.get(name))));
    }

    private static OneWorkload workload(WorkloadName name, List<Pod> pods, Optional<PodClass> template) {
        List<PodClass> traits = pods.isEmpty()
                ? template.stream().toList()
                : pods.stream().map(Pod::traits).distinct().toList();
        return new OneWorkload(
                Workloads.id(name),
                name.kind(),
                name.name(),
                pods.size(),
                traits.stream()
                        .map(PodClass::serviceAccount)
                        .distinct()
                        .sorted()
                        .toList(),
                traits.stream().anyMatch(PodClass::hostNetwork),
                (int) pods.stream()
                        .filter(pod -> dev.bulkhead.core.world.Identity.isUnstamped(pod.traits()))
                        .count(),
                traits.stream()
                        .flatMap(pod -> pod.ports().stream())
                        .map(port -> (port.name().isEmpty() ? "" : port.name() + "=") + port.protocol() + " "
                                + port.number())
                        .distinct()
                        .toList());
    }

    /** Those that mean something or did once, and those that never meant anything. */
    private static List<Intent> intents(
            ViewedCluster cluster, String namespace, ImmutableSortedMap<String, AccessIntentStatus> statuses) {
        NamespaceDeclarations declared = cluster.view().snapshot().declared(namespace);
        TreeSet<String> names = new TreeSet<>(declared.intents().intents().keySet());
        names.addAll(declared.rejections().keySet());
        names.addAll(statuses.keySet());
        return Lists.transform(
                List.copyOf(names),
                name -> intent(cluster, namespace, name, declared, Optional.ofNullable(statuses.get(name))));
    }

    /** Of what is declared, by the name of the intent. */
    static Map<String, List<IntentRule>> rules(ViewedCluster cluster, String namespace) {
        Map<String, AccessIntentStatus> statuses =
                cluster.view().intentStatuses().getOrDefault(namespace, ImmutableSortedMap.of());
        return Maps.transformEntries(
                cluster.view().snapshot().declared(namespace).intents().intents(),
                (name, intent) -> rules(intent, Optional.ofNullable(statuses.get(name))));
    }

    private static Intent intent(
            ViewedCluster cluster,
            String namespace,
            String name,
            NamespaceDeclarations declared,
            Optional<AccessIntentStatus> status) {
        Optional<DeclaredIntent> meaning =
                Optional.ofNullable(declared.intents().intents().get(name));
        return new Intent(
                name,
                meaning.map(DeclaredIntent::description).orElse(""),
                meaning.map(intent -> intent.workload().toString()).orElse(""),
                status.map(AccessIntentStatus::identity).orElse(null),
                Optional.ofNullable(declared.rejections().get(name))
                        .map(Rejection::message)
                        .orElse(""),
                meaning.map(intent -> rules(intent, status)).orElse(List.of()),
                status.map(AccessIntentStatus::policies).orElse(List.of()).stream()
                        .map(policy -> policy.contains("/") ? policy : namespace + "/" + policy)
                        .filter(policy -> cluster.scope().sees(policy.substring(0, policy.indexOf('/'))))
                        .toList(),
                meaning.map(IntentYaml::write).orElse(""));
    }

    private static List<IntentRule> rules(DeclaredIntent intent, Optional<AccessIntentStatus> status) {
        ImmutableMap<String, RuleStatus> told =
                Maps.uniqueIndex(status.map(AccessIntentStatus::rules).orElse(List.of()), RuleStatus::rule);
        return intent.rules().stream()
                .map(rule -> rule(rule, Optional.ofNullable(told.get(rule.place()))))
                .toList();
    }

    /** A rule that no status speaks of yet is on its way. */
    private static IntentRule rule(Rule rule, Optional<RuleStatus> status) {
        return new IntentRule(
                rule.place(),
                rule.direction().policyType(),
                rule.peer().toString(),
                rule.ports().isEmpty() ? "" : rule.ports().toString(),
                status.map(told -> RuleStateCounts.label(told.state())).orElse(RuleStateCounts.PENDING),
                status.map(RuleStatus::message).orElse(""),
                status.map(RuleStatus::idle).orElse(""),
                rule.reason());
    }

    private static Policy policy(LivePolicy live, PolicyYaml yaml) {
        NetworkPolicy policy = live.policy();
        return new Policy(
                policy.key().name(),
                live.isManaged(),
                live.writer(),
                SelectorInWords.ofPods(policy.subject()),
                policy.directions().stream().map(Direction::policyType).sorted().toList(),
                Stream.of(Direction.INGRESS, Direction.EGRESS)
                        .flatMap(direction -> rules(policy, direction))
                        .toList(),
                yaml.write(List.of(policy)));
    }

    private static Stream<OneRule> rules(NetworkPolicy policy, Direction direction) {
        List<PolicyRule> rules = policy.rules(direction);
        String field = direction == Direction.EGRESS ? "egress" : "ingress";
        List<OneRule> written = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            written.add(new OneRule(
                    field + "[" + i + "]",
                    Lists.transform(rules.get(i).peers().orElse(ImmutableList.of()), NamespacePage::peer),
                    rules.get(i).ports().toString(),
                    IntentsBehindRule.intents(policy, direction, i)));
        }
        return written.stream();
    }

    private static String peer(PolicyPeer peer) {
        return peer.fold(NamespacePage::pods, addresses -> addresses.block().toString());
    }

    private static String pods(PolicyPeer.Pods pods) {
        String who = SelectorInWords.ofPods(pods.pods());
        return pods.namespaces()
                .map(namespaces -> who + " of " + SelectorInWords.ofNamespaces(namespaces))
                .orElse(who);
    }
}
