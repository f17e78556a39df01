package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.console.RandomTowns.Contents;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.core.world.Direction;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whatever somebody writes into parameters: an answer, or a refusal that is short and theirs to mend. */
class OddQuestionsTest {

    private static final List<String> ENDS = List.of(
            "",
            "/",
            "//",
            "///",
            "shop/Deployment/api",
            "shop/deployment/API",
            "shop/api",
            "shop/",
            "/Deployment/api",
            "shop//api",
            "0.0.0.0",
            "255.255.255.255",
            "1.2.3",
            "1.2.3.4.5",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "fe80::1%eth0",
            "[::1]",
            "2001:db8::/32",
            "10.0.0.0/8",
            "999.1.1.1",
            "\u0000",
            "\u001b[31m/red",
            "shop/\r\nSet-Cookie: a=b",
            "\uD800/\uDFFF",
            "💥/💥/💥",
            "a".repeat(500),
            "a".repeat(10_000),
            "<script>alert(1)</script>/x");

    private static final List<String> PORTS = List.of(
            "",
            "0",
            "-1",
            "65535",
            "65536",
            "8080/tcp",
            "8080/ICMP",
            "http",
            "http/UDP",
            "1-2",
            "99999999999999999999",
            "٣",
            " 80",
            "80/",
            "/",
            "/TCP",
            "\u0000",
            "a".repeat(400));

    private static ViewedCluster cluster() {
        RandomTowns random = new RandomTowns(5);
        Map<String, Contents> contents = new TreeMap<>();
        RandomTowns.NAMESPACES.forEach(name -> contents.put(name, random.contents(name, "")));
        return new ViewedCluster(
                ViewOfTown.of(contents, random.segments(), random.guardrails()),
                new Scope(/* everything= */ true, ImmutableSortedSet.copyOf(contents.keySet())));
    }

    @Test
    void everyQuestionIsAnsweredOrRefusedForWhatIsWrongWithIt() {
        ViewedCluster cluster = cluster();
        for (String one : ENDS) {
            for (Direction direction : Direction.values()) {
                for (String hops : List.of("", "0", "-1", "all", "1000000000", "x")) {
                    Map<String, String> blast = Map.of("workload", one, "hops", hops);
                    ask(
                            blast,
                            CommandQuestions.BLAST_RADIUS,
                            question -> CommandQuestions.blastRadius(cluster, question, direction));
                }
            }
            Map<String, String> list = Map.of("namespaces", one);
            ask(list, CommandQuestions.CONNECTIVITY, question -> CommandQuestions.connectivity(cluster, question));
            for (String other : ENDS) {
                for (String port : other.equals(one) ? PORTS : List.of("8080", "http")) {
                    Map<String, String> connection = Map.of("from", one, "to", other, "port", port);
                    ask(connection, CommandQuestions.EXPLAIN, question -> CommandQuestions.explain(cluster, question));
                }
            }
        }
    }

    private interface Asking {
        ConsoleAnswer ask(RequestParameters question);
    }

    /** What is thrown otherwise would be a defect, and 500. */
    private static void ask(Map<String, String> parameters, Set<String> known, Asking asking) {
        StringBuilder query = new StringBuilder("/?");
        parameters.forEach((name, value) -> query.append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                .append('&'));
        Supplier<ConsoleAnswer> answer = () -> asking.ask(RequestParameters.of(URI.create(query.toString()), known));
        try {
            assertTrue(answer.get().code() == 200, parameters::toString);
        } catch (ProblemException e) {
            assertTrue(e.problem().status() / 100 == 4, parameters::toString);
            assertTrue(e.problem().detail().length() < 2000, () -> e.problem().detail());
        }
    }
}
