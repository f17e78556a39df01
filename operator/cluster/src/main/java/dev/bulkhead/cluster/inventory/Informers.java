package dev.bulkhead.cluster.inventory;

import dev.bulkhead.cluster.decode.ApiServerReader;
import dev.bulkhead.cluster.decode.IdentityPolicies;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.slim.SlimLists;
import dev.bulkhead.core.policy.Marker;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches a real API server, kind by kind, and hands what it shows to the intake. */
final class Informers implements InventorySource {

    private static final Logger LOG = LoggerFactory.getLogger(Informers.class);
    /** How often silence is looked for while one watch may be silent. */
    private static final int LOOKS = 15;

    private static final Duration FIRST_COMPARISON = Duration.ofMinutes(1);
    private static final Duration ROOM = Duration.ofMinutes(1);
    private static final Duration ADMISSION_KINDS = Duration.ofMinutes(10);
    private static final String OUR_API = "bulkhead.dev/v1alpha1";

    /** In pages, since ours may be too many to be in memory at once. */
    private record FreshPolicies(KubernetesClient client) implements PolicyComparison.FreshList {

        private static final long PAGE = SlimLists.page("NetworkPolicy");

        @Override
        public String ours(Consumer<NetworkPolicy> each) {
            ListOptions options = new ListOptionsBuilder()
                    .withLimit(PAGE)
                    .withLabelSelector(Marker.MANAGED_BY + "=" + Marker.BULKHEAD)
                    .build();
            return read(client.network().v1().networkPolicies().inAnyNamespace(), options, each);
        }

        @Override
        public String of(String namespace, Consumer<NetworkPolicy> each) {
            ListOptions options = new ListOptionsBuilder().withLimit(PAGE).build();
            return read(client.network().v1().networkPolicies().inNamespace(namespace), options, each);
        }

        private static String read(
                Listable<NetworkPolicyList> policies, ListOptions options, Consumer<NetworkPolicy> each) {
            while (true) {
                NetworkPolicyList page = policies.list(options);
                page.getItems().forEach(each);
                options.setContinue(page.getMetadata().getContinue());
                if (options.getContinue() == null || options.getContinue().isEmpty()) {
                    return page.getMetadata().getResourceVersion();
                }
            }
        }
    }

    private final KubernetesClient client;
    private final Intake intake;
    private final LostDeclarations lostGuardrails;
    private final LostDeclarations lostPeers;
    private final Duration silenceLimit;
    private final LogQuota quota;
    private final List<Supervised> all = new CopyOnWriteArrayList<>();
    private final Set<String> admissionKinds = new HashSet<>();
    private final List<RepeatedTask> repeated = new ArrayList<>();
    /** Nobody waits for these. */
    private final List<CompletableFuture<Void>> laterLists = new ArrayList<>();

    private final PolicyComparison comparison;

    private record Supervised(WatchedKind<?> watched, WatchSilence silence) {}

    /**
     * @param lostGuardrails closed with the watches, like {@code lostPeers}
     * @param silenceLimit how long a watch that has shown signs of life may show none before it is opened anew
     */
    Informers(
            KubernetesClient client,
            Intake intake,
            LostDeclarations lostGuardrails,
            LostDeclarations lostPeers,
            Duration silenceLimit,
            LogQuota quota) {
        this.client = client;
        this.intake = intake;
        this.lostGuardrails = lostGuardrails;
        this.lostPeers = lostPeers;
        this.silenceLimit = silenceLimit;
        this.quota = quota;
        this.comparison = new PolicyComparison(
                new FreshPolicies(client),
                intake,
                () -> all.forEach(each -> each.watched().reopen()));
    }

    @Override
    public List<CompletableFuture<Void>> start(Consumer<Throwable> stopped) {
        watchContents();
        watchDeclarations();
        watch(
                "NetworkPolicy",
                WatchedKind.Need.ESSENTIAL,
                client.network().v1().networkPolicies().inAnyNamespace(),
                NetworkPolicy::new,
                intake::seen,
                intake::gone,
                (resourceVersion, holds) -> intake.policiesListed(
                        resourceVersion,
                        ListScope.EVERYBODY,
                        (key, uid) -> holds.test(key.namespace() + "/" + key.name(), uid)));
        watchFacts();
        List<CompletableFuture<Void>> lists =
                all.stream().map(each -> each.watched().start(stopped)).toList();
        repeated.add(new RepeatedTask("bulkhead-silence", silenceLimit.dividedBy(LOOKS), this::reopenSilent));
        repeated.add(new RepeatedTask("bulkhead-comparison", FIRST_COMPARISON, comparison::compare));
        repeated.add(new RepeatedTask("bulkhead-room", ROOM, this::readWhatFits));
        repeated.add(new RepeatedTask("bulkhead-admission", ADMISSION_KINDS, () -> watchAdmission(stopped)));
        repeated.forEach(RepeatedTask::start);
        return lists;
    }

    /** What there was no room for is listed anew once there may be. */
    private Duration readWhatFits() {
        intake.kindsWithRoom().forEach(this::readAnew);
        return ROOM;
    }

    private Duration reopenSilent() {
        // Where none is open, the API server is away, and all of them are tried again anyway.
        boolean reachable = all.stream().anyMatch(each -> each.watched().isHealthy());
        for (Supervised each : all) {
            if (each.watched().isHealthy()) {
                reopenIfSilent(each);
            } else if (!reachable) {
                each.silence().beginAnew();
            } else if (each.silence().isStuck(each.watched().objectsRead())) {
                LOG.atDebug().addKeyValue(LogKey.KIND, each.watched().name()).log("Watch not open, opened anew");
                each.watched().reopen();
            }
        }
        return silenceLimit.dividedBy(LOOKS);
    }

    private static void reopenIfSilent(Supervised each) {
        if (each.silence().isSilent(each.watched().lastSign(), each.watched().hasOnlyListed())) {
            boolean told = each.silence().isTold();
            (told ? LOG.atWarn() : LOG.atDebug())
                    .addKeyValue(LogKey.KIND, each.watched().name())
                    .log("Watch silent, opened anew");
            each.watched().reopen();
        }
    }

    @Override
    public List<String> undefined() {
        return all.stream()
                .map(Supervised::watched)
                .filter(WatchedKind::isUndefined)
                .map(WatchedKind::name)
                .toList();
    }

    @Override
    public Optional<Instant> guardrailsDefinedSince() {
        return lostGuardrails.definedSince();
    }

    @Override
    public List<String> interrupted() {
        return all.stream()
                .filter(each -> !each.watched().isHealthy() || each.silence().isTold())
                .map(each -> each.watched().name())
                .toList();
    }

    @Override
    public List<String> doneWithout() {
        return all.stream()
                .map(Supervised::watched)
                .filter(WatchedKind::isDoneWithout)
                .map(WatchedKind::name)
                .toList();
    }

    @Override
    public Map<String, Duration> quiet() {
        Map<String, Duration> quiet = new TreeMap<>();
        all.forEach(each -> quiet.put(each.watched().name(), each.silence().sinceLastSign()));
        return quiet;
    }

    @Override
    public void comparePolicies(String namespace) {
        comparison.compare(namespace);
    }

    @Override
    public void readAnew(String kind) {
        all.stream()
                .map(Supervised::watched)
                .filter(watched -> watched.name().equals(kind))
                .forEach(WatchedKind::reopen);
    }

    @Override
    public void close() {
        repeated.forEach(RepeatedTask::close);
        all.forEach(each -> each.watched().close());
        lostGuardrails.close();
        lostPeers.close();
    }

    private void watchContents() {
        watch("Namespace", client.namespaces(), Namespace::new, intake::seen, intake::gone);
        watch("Pod", client.pods().inAnyNamespace(), Pod::new, intake::seen, intake::gone);
        watch("Service", client.services().inAnyNamespace(), Service::new, intake::seen, intake::gone);
        watch(
                "Deployment",
                client.apps().deployments().inAnyNamespace(),
                Deployment::new,
                intake::seen,
                intake::workloadGone);
        watch(
                "StatefulSet",
                client.apps().statefulSets().inAnyNamespace(),
                StatefulSet::new,
                intake::seen,
                intake::workloadGone);
        watch(
                "DaemonSet",
                client.apps().daemonSets().inAnyNamespace(),
                DaemonSet::new,
                intake::seen,
                intake::workloadGone);
    }

    private void watchDeclarations() {
        watchDeclared("AccessIntent", intake::intentSeen, intake::intentGone);
        watchDeclared("Segment", intake::segmentSeen, intake::segmentGone);
        watchDeclared("Guardrail", intake::guardrailSeen, intake::guardrailGone);
        watchDeclared("WellKnownPeers", intake::wellKnownPeersSeen, intake::wellKnownPeersGone);
    }

    private void watchDeclared(
            String kind, Consumer<GenericKubernetesResource> seen, Consumer<GenericKubernetesResource> gone) {
        watch(
                kind,
                client.genericKubernetesResources(OUR_API, kind).inAnyNamespace(),
                GenericKubernetesResource::new,
                seen,
                gone);
    }

    private void watchFacts() {
        watch("Node", client.nodes(), Node::new, intake::seen, intake::gone);
        // The right for it is that for the one object, so that is what has to be asked for.
        watch(
                "EndpointSlice",
                WatchedKind.Need.DISPENSABLE,
                client.discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace(ApiServerReader.NAMESPACE)
                        .withField("metadata.name", ApiServerReader.NAME),
                EndpointSlice::new,
                intake::seen,
                gone -> {},
                WatchedKind.ListEnd.UNNOTICED);
        watch(
                "IngressClass",
                WatchedKind.Need.DISPENSABLE,
                client.network().v1().ingressClasses(),
                IngressClass::new,
                intake::seen,
                intake::gone,
                (resourceVersion, holds) -> intake.ingressClassesListed());
        addAdmission();
    }

    /** An API server that is upgraded may serve kinds that it did not serve before. */
    private Duration watchAdmission(Consumer<Throwable> stopped) {
        for (WatchedKind<?> watched : addAdmission()) {
            laterLists.add(watched.start(stopped));
            LOG.atInfo().addKeyValue(LogKey.KIND, watched.name()).log("Kind served anew, watched from now on");
        }
        return ADMISSION_KINDS;
    }

    private List<WatchedKind<?>> addAdmission() {
        List<WatchedKind<?>> added = new ArrayList<>();
        for (AdmissionKinds.Kind kind : new AdmissionKinds(client).served()) {
            if (admissionKinds.add(kind.kind())) {
                added.add(watch(
                        kind.kind(),
                        client.genericKubernetesResources(kind.apiVersion(), kind.kind()),
                        GenericKubernetesResource::new,
                        object -> intake.admissionSeen(name(kind, object), object),
                        object -> intake.admissionGone(name(kind, object))));
            }
        }
        return added;
    }

    /** Objects in lists of built-in kinds do not name their kind. */
    private static IdentityPolicies.Name name(AdmissionKinds.Kind kind, HasMetadata object) {
        return new IdentityPolicies.Name(kind.kind(), object.getMetadata().getName());
    }

    private <T extends HasMetadata> WatchedKind<T> watch(
            String name, Informable<T> resources, Supplier<T> empty, Consumer<T> seen, Consumer<T> gone) {
        return watch(name, WatchedKind.Need.ESSENTIAL, resources, empty, seen, gone, WatchedKind.ListEnd.UNNOTICED);
    }

    private <T extends HasMetadata> WatchedKind<T> watch(
            String name,
            WatchedKind.Need need,
            Informable<T> resources,
            Supplier<T> empty,
            Consumer<T> seen,
            Consumer<T> gone,
            WatchedKind.ListEnd ended) {
        WatchedKind<T> watched = new WatchedKind<>(name, need, resources, empty, seen, gone, ended, quota);
        all.add(new Supervised(watched, new WatchSilence(System::nanoTime, silenceLimit)));
        return watched;
    }
}
