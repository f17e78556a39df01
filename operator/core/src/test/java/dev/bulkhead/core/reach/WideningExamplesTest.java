package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Multimaps;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        ImmutableListMultimap<String, NetworkPolicy> byNamespace = Multimaps.index(
                Stream.of(policies).map(SmallCluster::policy).toList(),
                policy -> policy.key().namespace());
        Widenings.Search search = new Widenings(
                        ImmutableMap.of("n", NAMESPACE),
                        byNamespace::get,
                        policy -> policy.key().name().equals("ours"))
                .in("n", ImmutableSet.of(Direction.INGRESS));
        while (search.advance()) {}
        return search.found().stream()
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
    void policiesComeByName() {
        String fromWeb = "podSelector: {matchLabels: {app: db}},"
                + " ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}]";

        assertEquals(
                List.of("n/a: web => db TCP 80", "n/b: web => db TCP 80"),
                found(theirs("b", fromWeb), CLOSED, theirs("a", fromWeb)));
    }

    @Test
    void threeAreEnough() {
        assertEquals(
                3,
                found(CLOSED, theirs("theirs", "podSelector: {}, ingress: [{}]"))
                        .size());
    }

    @Test
    void ofANamespaceThatIsNotThereNothingIsFound() {
        NetworkPolicy left = SmallCluster.policy(
                "{metadata: {name: theirs, namespace: gone}, spec: {podSelector: {}, ingress: [{}]}}");
        Widenings.Search search = new Widenings(ImmutableMap.of("n", NAMESPACE), name -> List.of(left), policy -> false)
                .in("gone", ImmutableSet.of(Direction.INGRESS));
        assertFalse(search.advance());
    }

    /** So that whoever looks at several namespaces can turn to another one. */
    @Test
    void aSearchGoesOnOneConnectionAtATime() {
        String blocks = IntStream.range(0, 1000)
                .mapToObj(n -> "{ipBlock: {cidr: 10.0.%d.%d/32}}".formatted(n / 256, n % 256))
                .collect(Collectors.joining(", "));
        NetworkPolicy open =
                SmallCluster.policy(theirs("open", "podSelector: {}, ingress: [{from: [" + blocks + "]}]"));
        NetworkPolicy same =
                SmallCluster.policy(theirs("ours", "podSelector: {}, ingress: [{from: [" + blocks + "]}]"));
        Widenings.Search search = new Widenings(
                        ImmutableMap.of("n", NAMESPACE),
                        name -> List.of(open, same),
                        policy -> policy.key().name().equals("ours"))
                .in("n", ImmutableSet.of(Direction.INGRESS));
        int steps = 0;
        while (search.advance()) {
            steps++;
        }
        assertEquals(1 + 2 * 1000, steps, "two pods, 1,000 addresses each");
        assertEquals(List.of(), search.found());
    }
}
