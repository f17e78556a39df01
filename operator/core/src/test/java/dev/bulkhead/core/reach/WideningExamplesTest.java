package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** By which connections it is shown what somebody else's policy opens. */
class WideningExamplesTest {

    private static final String CLOSED = """
            metadata: {name: ours, namespace: n}
            spec: {podSelector: {}}
            """;

    private static PodClass pod(String app, boolean hostNetwork) {
        return new PodClass(ImmutableSortedMap.of("app", app), "default", ImmutableSortedSet.of(), hostNetwork);
    }

    private static final Namespace NAMESPACE = new Namespace(
            "n",
            ImmutableSortedMap.of(Namespace.NAME_LABEL, "n"),
            false,
            ImmutableMap.of(),
            ImmutableMap.of(),
            ImmutableSet.of(pod("web", false), pod("db", false), pod("agent", true)));

    private static List<String> found(String... policies) {
        return Widenings.find(
                        Map.of("n", NAMESPACE),
                        Stream.of(policies).map(SmallCluster::policy).toList(),
                        policy -> policy.key().name().equals("ours"),
                        namespace -> ImmutableSet.of(Direction.INGRESS))
                .stream()
                .map(widening -> widening.policy() + ": " + name(widening.source()) + " => "
                        + name(widening.destination()) + " " + widening.ports())
                .toList();
    }

    private static String name(Endpoint endpoint) {
        return endpoint instanceof Endpoint.Pods pods
                ? pods.pods().labels().get("app")
                : ((Endpoint.Outside) endpoint).address().toString();
    }

    private static String theirs(String name, String spec) {
        return "{metadata: {name: " + name + ", namespace: n}, spec: {" + spec + "}}";
    }

    @Test
    void addressesAreShownByTheEndsOfTheirRange() {
        assertEquals(
                List.of("n/theirs: 192.0.2.0 => db TCP 80", "n/theirs: 192.0.2.255 => db TCP 80"),
                found(
                        CLOSED,
                        theirs(
                                "theirs",
                                "podSelector: {matchLabels: {app: db}},"
                                        + " ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: 80}]}]")));
    }

    @Test
    void whereTheEndsAreOpenAnywayAddressesAreShownBesideTheExceptions() {
        String ends = """
                metadata: {name: ours, namespace: n}
                spec:
                  podSelector: {}
                  ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/32}}, {ipBlock: {cidr: 192.0.2.255/32}}]}]
                """;

        assertEquals(
                List.of("n/theirs: 192.0.2.63 => db TCP 80", "n/theirs: 192.0.2.128 => db TCP 80"),
                found(
                        ends,
                        theirs(
                                "theirs",
                                "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock:"
                                        + " {cidr: 192.0.2.0/24, except: [192.0.2.64/26]}}], ports: [{port: 80}]}]")));
    }

    @Test
    void podsOnTheHostNetworkShowNothing() {
        assertEquals(
                List.of(), found(CLOSED, theirs("theirs", "podSelector: {matchLabels: {app: agent}}, ingress: [{}]")));
        assertEquals(
                List.of(),
                found(
                        CLOSED,
                        theirs(
                                "theirs",
                                "podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: agent}}}]}]")));
    }

    @Test
    void policiesComeByNameAndThoseOfNamespacesThatAreNotThereNotAtAll() {
        String fromWeb = "podSelector: {matchLabels: {app: db}},"
                + " ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}]";

        assertEquals(
                List.of("n/a: web => db TCP 80", "n/b: web => db TCP 80"),
                found(
                        theirs("b", fromWeb),
                        theirs("c", fromWeb).replace("namespace: n", "namespace: gone"),
                        CLOSED,
                        theirs("a", fromWeb)));
    }

    @Test
    void threeAreEnough() {
        assertEquals(
                3,
                found(CLOSED, theirs("theirs", "podSelector: {}, ingress: [{}]"))
                        .size());
    }
}
