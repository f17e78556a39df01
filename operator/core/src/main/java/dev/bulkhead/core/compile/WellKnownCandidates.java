package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.UsualPlaces;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Requirement;
import dev.bulkhead.core.world.Service;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that the name of a well-known peer may stand for. Guardrails go by this: a rule opens what its peer surely
 * is, and a guardrail covers all that its peer could be.
 */
final class WellKnownCandidates {

    /**
     * @param peers all that are known
     * @param unresolved why the peer may be something else, anywhere; absent where it is among the known ones
     */
    record Candidates(ImmutableList<ResolvedPeer> peers, Optional<String> unresolved) {}

    private static final String API_SERVER_NAMESPACE = "default";
    private static final String API_SERVER_SERVICE = "kubernetes";

    private final TrackedInputs inputs;
    private final WellKnownResolver peers;

    WellKnownCandidates(TrackedInputs inputs) {
        this.inputs = inputs;
        this.peers = new WellKnownResolver(inputs);
    }

    Candidates of(WellKnown name) {
        Candidates candidates = saidOrFound(name);
        return name == WellKnown.KUBE_API_SERVER ? withService(candidates) : candidates;
    }

    private Candidates saidOrFound(WellKnown name) {
        Resolution<ResolvedPeer> resolution = peers.resolve("", name, Ports.none());
        WellKnownPlaces.Place said = inputs.wellKnown().places().get(name);
        if (said != null) {
            return said.fold(
                    pods -> new Candidates(ImmutableList.of(candidates(pods, resolution)), Optional.empty()),
                    networks -> resolved(resolution));
        }
        return switch (name) {
            case INGRESS_CONTROLLER ->
                anyOf(UsualPlaces.INGRESS_CONTROLLERS.values(), expectedIngressControllers(), resolution);
            case MONITORING -> anyOf(UsualPlaces.MONITORING, UsualPlaces.MONITORING, resolution);
            case KUBE_DNS, KUBE_API_SERVER, INTERNET, NODES -> resolved(resolution);
        };
    }

    private static Candidates resolved(Resolution<ResolvedPeer> resolution) {
        return new Candidates(
                resolution.found().stream().collect(ImmutableList.toImmutableList()),
                resolution.failure().map(Resolution.Failed::message));
    }

    /** With the addresses of Service {@code default/kubernetes}, which some network plugins let a policy match before they are translated. */
    private Candidates withService(Candidates servers) {
        Service service = inputs.services(API_SERVER_NAMESPACE).get(API_SERVER_SERVICE);
        if (service == null || service.addresses().isEmpty()) {
            return servers;
        }
        ResolvedPeer own = new ResolvedPeer.Addresses(service.addresses().stream()
                .map(address -> ResolvedPeer.Block.of(IpBlock.of(Cidr.of(address), List.of()), Ports.none()))
                .collect(ImmutableList.toImmutableList()));
        return new Candidates(
                ImmutableList.<ResolvedPeer>builder()
                        .addAll(servers.peers())
                        .add(own)
                        .build(),
                servers.unresolved());
    }

    /**
     * All usual places are covered, since which of them is the right one changes with IngressClasses and namespaces.
     *
     * @param expected places of which one at least should be there
     */
    private Candidates anyOf(
            Collection<UsualPlaces.Place> usual,
            Collection<UsualPlaces.Place> expected,
            Resolution<ResolvedPeer> resolution) {
        boolean isOneThere = expected.stream().anyMatch(place -> inputs.exists(place.namespace()));
        return new Candidates(
                usual.stream()
                        .map(place -> WellKnownResolver.usual(place, Ports.none()))
                        .collect(ImmutableList.toImmutableList()),
                isOneThere ? Optional.empty() : resolution.failure().map(Resolution.Failed::message));
    }

    private Collection<UsualPlaces.Place> expectedIngressControllers() {
        Set<String> named = inputs.facts().ingressControllers();
        return named.isEmpty()
                ? UsualPlaces.INGRESS_CONTROLLERS.values()
                : named.stream()
                        .map(UsualPlaces.INGRESS_CONTROLLERS::get)
                        .filter(Objects::nonNull)
                        .toList();
    }

    private ResolvedPeer candidates(WellKnownPlaces.Pods said, Resolution<ResolvedPeer> resolution) {
        return new ResolvedPeer.Pods(
                ImmutableSortedSet.of(said.namespace()),
                new Selection(selector(said, resolution), Selection.Basis.LABELS),
                Ports.none(),
                /* borrowed= */ false,
                /* consents= */ true);
    }

    private LabelSelector selector(WellKnownPlaces.Pods said, Resolution<ResolvedPeer> resolution) {
        Optional<Selection> selection =
                resolution.found().flatMap(ResolvedPeer::asPods).map(ResolvedPeer.Pods::selection);
        boolean isSure = selection
                .filter(found -> found.isVerified() || said.workload().account().isEmpty())
                .isPresent();
        if (isSure) {
            return selection.get().selector();
        }
        // Labels stand for an account's workloads, but not for each pod that may run under it.
        return said.workload()
                .account()
                .filter(account -> inputs.facts().identityInForce())
                .map(account -> stampedOrUnstamped(said.namespace(), account))
                .orElse(LabelSelector.everything());
    }

    /** The pods that have the account's stamp, none, or one that a live pod of the account made up. */
    private LabelSelector stampedOrUnstamped(String namespace, String account) {
        Set<String> stamps = new TreeSet<>(Set.of(account));
        inputs.population(namespace).pods().stream()
                .filter(pod -> pod.serviceAccount().equals(account))
                .map(pod -> pod.labels().get(Identity.LABEL))
                .filter(Objects::nonNull)
                .forEach(stamps::add);
        return LabelSelector.everything()
                .and(
                        Identity.LABEL,
                        new Requirement(
                                /* absent= */ true, /* complement= */ false, ImmutableSortedSet.copyOf(stamps)));
    }
}
