package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.HTTP;
import static dev.bulkhead.core.plan.Policies.anybody;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.here;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.namespace;
import static dev.bulkhead.core.plan.Policies.onHostNetwork;
import static dev.bulkhead.core.plan.Policies.pod;
import static dev.bulkhead.core.plan.Policies.port;
import static dev.bulkhead.core.plan.Policies.range;
import static dev.bulkhead.core.plan.Policies.rule;
import static dev.bulkhead.core.plan.Policies.withDeployment;
import static dev.bulkhead.core.plan.Policies.world;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Requirement;
import dev.bulkhead.core.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WitnessesTest {

    private static final PodClass WEB = pod("web");
    private static final PodClass CART = pod("cart");
    private static final PodClass DB = pod("db");

    @Test
    void podsThatNoPolicyTellsApartHaveOne() {
        assertEquals(
                List.of(in("shop", WEB)),
                pods(world(namespace("shop", WEB, CART, DB)), ingress("shop/all", EVERYTHING)));
    }

    /** Those of a workload without pods, or of a template that is just being rolled out. */
    @Test
    void podsThatAWorkloadWouldGiveBirthToAreAmongThem() {
        PodClass born = new PodClass(
                ImmutableSortedMap.of("app", "cart", Identity.LABEL, "default"), "default", CART.ports(), false);
        NetworkPolicy stamped = ingress("shop/cart", Identity.selector("default"));

        assertEquals(
                List.of(in("shop", WEB), in("shop", born)),
                pods(world(withDeployment(namespace("shop", WEB), CART)), stamped));
    }

    @Test
    void podsThatAPolicySelectsAndNothingAnnouncesAreToldApart() {
        assertEquals(
                List.of(in("shop", unannounced(Map.of("app", "cart")))),
                unannounced(
                        world(namespace("shop", WEB)),
                        ingress("shop/all", EVERYTHING),
                        ingress("shop/cart", app("cart"))));
        assertEquals(
                List.of(in("shop", unannounced(Map.of("app", "cart")))),
                unannounced(world(namespace("shop", onHostNetwork(CART))), ingress("shop/cart", app("cart"))));
        assertEquals(
                List.of(in("shop", unannounced(Map.of()))),
                unannounced(world(namespace("shop"), namespace("pay")), ingress("shop/all", EVERYTHING)));
        assertEquals(
                List.of(),
                unannounced(world(withDeployment(namespace("shop"), CART)), ingress("shop/cart", app("cart"))));
    }

    @Test
    void ofManyPoliciesForNobodyNoneIsLookedAt() {
        assertEquals(
                Witnesses.MOST_UNANNOUNCED,
                forNobody(Witnesses.MOST_UNANNOUNCED).size());
        assertEquals(List.of(), forNobody(Witnesses.MOST_UNANNOUNCED + 1));
    }

    private static List<Endpoint> forNobody(int policies) {
        return unannounced(
                world(namespace("shop", WEB)),
                IntStream.range(0, policies)
                        .mapToObj(i -> ingress("shop/p" + i, app("nobody" + i)))
                        .toArray(NetworkPolicy[]::new));
    }

    @Test
    void whatCanSelectNoPodsHasNone() {
        LabelSelector nobody = app("cart").and("app", Requirement.doesNotExist());

        assertEquals(List.of(), unannounced(world(namespace("shop")), ingress("shop/nobody", nobody)));
    }

    @Test
    void thoseThatAreThereCanBeHadAlone() {
        World world = world(withDeployment(namespace("shop", WEB), CART));
        List<NetworkPolicy> policies = List.of(ingress("shop/cart", app("cart")));
        assertEquals(
                List.of(in("shop", WEB)),
                new Witnesses(world, policies)
                        .existing().stream()
                                .filter(Endpoint.Pods.class::isInstance)
                                .toList());
        assertEquals(2, new Witnesses(world, policies).pods().size());
    }

    @Test
    void podsThatAPolicySelectsAreTheirOwn() {
        assertEquals(
                List.of(in("shop", WEB), in("shop", DB)),
                pods(world(namespace("shop", WEB, CART, DB)), ingress("shop/db", app("db"))));
    }

    @Test
    void podsThatARuleMeansAreTheirOwn() {
        assertEquals(
                List.of(in("shop", WEB), in("shop", CART)),
                pods(
                        world(namespace("shop", WEB, CART, DB)),
                        ingress("shop/all", EVERYTHING, rule(HTTP, here(app("cart"))))));
    }

    @Test
    void podsOnTheHostNetworkAreTheirOwn() {
        assertEquals(
                List.of(in("shop", WEB), in("shop", onHostNetwork(WEB))),
                pods(world(namespace("shop", WEB, onHostNetwork(WEB))), ingress("shop/all", EVERYTHING)));
    }

    @Test
    void podsWhosePortsHaveTheirNamesOnOtherNumbersAreTheirOwn() {
        PodClass usual = pod("web", port("http", 8080));
        PodClass unusual = pod("web", port("http", 9090));
        PodClass alsoUsual = pod("db", port("http", 8080), port("sql", 5432));

        assertEquals(
                List.of(in("shop", usual), in("shop", unusual)),
                pods(
                        world(namespace("shop", usual, unusual, alsoUsual)),
                        ingress("shop/all", EVERYTHING, anybody(Ports.named(Protocol.TCP, "http")))));
        assertEquals(
                List.of(in("shop", usual)),
                pods(
                        world(namespace("shop", usual, unusual, alsoUsual)),
                        ingress("shop/all", EVERYTHING, anybody(Ports.all()))));
    }

    @Test
    void namespacesWithPoliciesAreKeptApartAndAllOthersAreOne() {
        assertEquals(
                List.of(in("pay", WEB), in("shop", WEB), in("eu", WEB)),
                pods(
                        world(
                                namespace("eu", WEB),
                                namespace("pay", WEB),
                                namespace("shop", WEB),
                                namespace("us", WEB)),
                        ingress("shop/all", EVERYTHING),
                        ingress("pay/all", EVERYTHING)));
    }

    /** Not even an empty namespace of those. */
    @Test
    void ofNamespacesThatNoPolicySeesOnePodIsEnough() {
        assertEquals(
                List.of(in("shop", WEB), in("us", CART)),
                pods(
                        world(namespace("eu"), namespace("shop", WEB), namespace("us", CART, DB)),
                        ingress("shop/all", EVERYTHING, rule(HTTP, here(app("cart"))))));
    }

    @Test
    void whereARuleForAnybodyNamesPortsTheNumbersCountInAllNamespaces() {
        PodClass usual = pod("web", port("http", 8080));
        PodClass unusual = pod("web", port("http", 9090));

        assertEquals(
                List.of(in("eu", usual), in("us", unusual)),
                pods(
                        world(namespace("eu", usual), namespace("us", unusual)),
                        egress("shop/all", EVERYTHING, anybody(Ports.named(Protocol.TCP, "http")))));
    }

    /** A property, over random worlds and policies. */
    @Test
    void policiesTreatEveryPodAsTheyTreatAWitness() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<Namespace> namespaces = Stream.of("eu", "pay", "shop", "us", "web")
                    .map(name -> labelled(
                            namespace(
                                    name,
                                    random.ints(random.nextInt(4), 0, KINDS_OF_PODS.size())
                                            .distinct()
                                            .mapToObj(KINDS_OF_PODS::get)
                                            .toArray(PodClass[]::new)),
                            oneOf(random, "blue", "red")))
                    .toList();
            World world = world(namespaces.toArray(Namespace[]::new));
            List<NetworkPolicy> policies = IntStream.range(0, 1 + random.nextInt(3))
                    .mapToObj(i -> randomPolicy(oneOf(random, "shop/", "pay/") + i, random))
                    .toList();
            List<Endpoint> witnesses = Witnesses.of(world, policies);
            Evaluator evaluator = Evaluator.of(world.namespaces(), policies, PluginSemantics.upstream());
            Set<List<PortSet>> known = witnesses.stream()
                    .map(witness -> treatment(evaluator, witness, witnesses))
                    .collect(Collectors.toSet());

            for (Namespace namespace : namespaces) {
                for (PodClass pods : namespace.pods()) {
                    Endpoint end = in(namespace.name(), pods);
                    assertTrue(
                            known.contains(treatment(evaluator, end, witnesses)),
                            () -> end + " is unlike all of " + witnesses + " to " + policies);
                }
            }
        }
    }

    private static final List<PodClass> KINDS_OF_PODS = List.of(
            pod("web", port("http", 8080)),
            pod("web", port("http", 9090)),
            pod("cart", port("http", 8080)),
            pod("db"),
            onHostNetwork(pod("db", port("http", 9090))));

    private static NetworkPolicy randomPolicy(String key, Random random) {
        LabelSelector subject = oneOf(random, EVERYTHING, app("web"), app("db"));
        PolicyRule[] rules = IntStream.range(0, 1 + random.nextInt(2))
                .mapToObj(i -> randomRule(random))
                .toArray(PolicyRule[]::new);
        return random.nextBoolean() ? ingress(key, subject, rules) : egress(key, subject, rules);
    }

    private static PolicyRule randomRule(Random random) {
        Ports ports = oneOf(random, HTTP, Ports.all(), Ports.named(Protocol.TCP, "http"));
        LabelSelector pods = oneOf(random, EVERYTHING, app("web"), app("cart"));
        return switch (random.nextInt(5)) {
            case 0 -> anybody(ports);
            case 1 -> rule(ports, here(pods));
            case 2 -> rule(ports, range("10.0.0.0/8"));
            case 3 -> rule(ports, new PolicyPeer.Pods(Optional.of(LabelSelector.label("team", "blue")), pods));
            default ->
                rule(
                        ports,
                        new PolicyPeer.Pods(
                                Optional.of(LabelSelector.everything()
                                        .and(Namespace.NAME_LABEL, Requirement.in(List.of("eu", "gone")))),
                                pods));
        };
    }

    /** What an end may do to each other one, and each other one to it. */
    private static List<PortSet> treatment(Evaluator evaluator, Endpoint end, List<Endpoint> others) {
        return others.stream()
                .flatMap(other -> Stream.of(
                        evaluator.half(Direction.EGRESS, end, other),
                        evaluator.half(Direction.INGRESS, end, other),
                        evaluator.half(Direction.EGRESS, other, end),
                        evaluator.half(Direction.INGRESS, other, end)))
                .toList();
    }

    @SafeVarargs
    private static <T> T oneOf(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Test
    void namespacesThatARuleSelectsAreTheirOwn() {
        PolicyPeer teams = new PolicyPeer.Pods(Optional.of(LabelSelector.label("team", "blue")), EVERYTHING);

        assertEquals(
                List.of(in("pay", WEB), in("shop", WEB), in("eu", WEB)),
                pods(
                        world(
                                namespace("eu", WEB),
                                labelled(namespace("pay", WEB), "blue"),
                                namespace("shop", WEB),
                                labelled(namespace("us", WEB), "red")),
                        ingress("shop/all", EVERYTHING, rule(HTTP, teams))));
    }

    @Test
    void eachSelectorOfPodsAndOfNamespacesCountsByItself() {
        PolicyPeer blue = new PolicyPeer.Pods(Optional.of(LabelSelector.label("team", "blue")), app("db"));
        PolicyPeer red = new PolicyPeer.Pods(Optional.of(LabelSelector.label("team", "red")), app("db"));

        assertEquals(
                List.of(in("pay", WEB), in("pay", DB), in("us", WEB), in("us", DB), in("eu", WEB)),
                pods(
                        world(
                                namespace("eu", WEB, DB),
                                labelled(namespace("pay", WEB, DB), "blue"),
                                labelled(namespace("us", WEB, DB), "red")),
                        ingress("shop/db", app("db"), rule(HTTP, blue, red))));
    }

    @Test
    void anAddressInNoRangeIsAlwaysAmongThem() {
        assertEquals(List.of("0.0.0.0"), addresses(egress("shop/all", EVERYTHING, anybody(HTTP))));
        assertEquals(
                List.of("0.0.0.0", "::"), addresses(egress("shop/all", EVERYTHING, rule(HTTP, range("0.0.0.0/0")))));
    }

    @Test
    void eachPartIntoWhichRangesCutTheAddressesHasOne() {
        assertEquals(
                List.of("0.0.0.0", "10.0.0.0", "10.1.2.0"),
                addresses(
                        egress("shop/web", app("web"), rule(HTTP, range("10.0.0.0/8"))),
                        egress("shop/db", app("db"), rule(HTTP, range("10.1.0.0/16", "10.1.0.0/23")))));
    }

    @Test
    void whatARangeExceptsIsLikeWhatLiesOutside() {
        assertEquals(
                List.of("0.0.0.0", "10.1.0.0"),
                addresses(ingress("shop/all", EVERYTHING, rule(HTTP, range("10.0.0.0/8", "10.0.0.0/16")))));
    }

    @Test
    void rangesOfBothFamiliesHaveTheirs() {
        assertEquals(
                List.of("0.0.0.0", "10.0.0.0", "fd00::"),
                addresses(egress("shop/all", EVERYTHING, rule(HTTP, range("10.0.0.0/8"), range("fd00::/8")))));
    }

    @Test
    void thoseOfItsNamespaceWithItsLabelsAreSelected() {
        List<Endpoint> witnesses = List.of(
                in("shop", WEB),
                in("shop", DB),
                in("pay", DB),
                in("shop", onHostNetwork(DB)),
                new Endpoint.Outside(IpAddress.parse("8.8.8.8")),
                in("pay", CART));

        assertEquals(List.of(1), Witnesses.selected(witnesses, List.of(ingress("shop/db", app("db")))));
        assertEquals(
                List.of(1, 2, 5),
                Witnesses.selected(witnesses, List.of(ingress("shop/db", app("db")), ingress("pay/all", EVERYTHING))));
        assertEquals(List.of(), Witnesses.selected(witnesses, List.of()));
    }

    private static List<Endpoint> pods(World world, NetworkPolicy... policies) {
        return Witnesses.of(world, List.of(policies)).stream()
                .filter(Endpoint.Pods.class::isInstance)
                .toList();
    }

    private static List<Endpoint> unannounced(World world, NetworkPolicy... policies) {
        return new Witnesses(world, List.of(policies)).unannounced();
    }

    private static List<String> addresses(NetworkPolicy... policies) {
        return Witnesses.of(world(namespace("shop", WEB)), List.of(policies)).stream()
                .flatMap(witness -> witness instanceof Endpoint.Outside outside
                        ? Stream.of(outside.address().toString())
                        : Stream.empty())
                .toList();
    }

    private static Endpoint in(String namespace, PodClass pods) {
        return Endpoint.Pods.of(namespace, pods);
    }

    private static PodClass unannounced(Map<String, String> labels) {
        return new PodClass(ImmutableSortedMap.copyOf(labels), "", ImmutableSortedSet.of(), /* hostNetwork= */ false);
    }

    private static Namespace labelled(Namespace namespace, String team) {
        return new Namespace(
                namespace.name(),
                ImmutableSortedMap.of(Namespace.NAME_LABEL, namespace.name(), "team", team),
                namespace.terminating(),
                namespace.services(),
                namespace.workloads(),
                namespace.pods());
    }
}
