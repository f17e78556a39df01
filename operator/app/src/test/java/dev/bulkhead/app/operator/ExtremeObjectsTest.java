package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bulkhead.app.rights.OperatorProcess;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.RealControlPlane;
import dev.bulkhead.testkit.chart.ChartAccount;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Teams create, replace and delete extreme objects of every kind for a while, {@code -Dbulkhead.extremes.seconds=600} for longer. The
 * operator is a process with the heap that the chart gives it. How long another team waits meanwhile is printed, for people.
 */
@OnControlPlane(ControlPlaneKind.REAL)
class ExtremeObjectsTest {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bulkhead.extremes.seconds", 30));
    private static final long SEED = Long.getLong("bulkhead.seed", 1);
    private static final int TEAMS = 3;
    private static final int STEPS_BETWEEN = 20;
    /** At least so often others are served before and after the restart, however slow the machine is. */
    private static final int ROUNDS = 2;

    private static final int MOST_OBJECTS = 60;
    private static final Set<String> KINDS =
            Set.of("AccessIntent", "DaemonSet", "Deployment", "NetworkPolicy", "Pod", "Service", "StatefulSet");

    private final class Team {

        private final String namespace;
        private final ExtremeObjects objects;
        private final List<GenericKubernetesResource> created = new ArrayList<>();
        private int next;

        private Team(String namespace, long seed) {
            this.namespace = namespace;
            this.objects = new ExtremeObjects(seed, namespace, other);
        }

        private void step() {
            try {
                if (created.size() == MOST_OBJECTS || (!created.isEmpty() && dice.nextInt(4) == 0)) {
                    scene.client()
                            .resource(created.remove(dice.nextInt(created.size())))
                            .delete();
                } else if (dice.nextInt(20) == 0) {
                    scene.client().namespaces().withName(namespace).edit(before -> {
                        before.getMetadata().setLabels(objects.namespaceLabels());
                        return before;
                    });
                } else {
                    GenericKubernetesResource object = objects.next("x" + next++ % 100);
                    created.add(scene.client().resource(object).create());
                    accepted.merge(object.getKind(), 1, Integer::sum);
                }
            } catch (KubernetesClientException e) {
                refused.merge(
                        e.getCode() + " " + String.valueOf(e.getMessage()).replaceAll("(?s)(.{300}).*", "$1"),
                        1,
                        Integer::sum);
            }
        }

        private void clear() {
            created.forEach(object -> scene.client().resource(object).delete());
        }
    }

    private final RealControlPlane controlPlane;
    private final Scene scene;
    private final Random dice = new Random(SEED);
    private final Map<String, Integer> accepted = new TreeMap<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private final List<Team> teams = new ArrayList<>();
    private final List<Long> waited = new ArrayList<>();
    private OperatorProcess operator;
    private String other;

    ExtremeObjectsTest(RealControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.scene = new Scene(controlPlane);
    }

    @BeforeEach
    void start() throws IOException {
        scene.installDefinitions();
        ChartAccount.ofOperator(controlPlane).create();
        other = scene.namespace("other");
        List<String> namespaces = new ArrayList<>(List.of(other));
        for (int number = 0; number < TEAMS; number++) {
            String namespace = scene.namespace("extreme-" + number);
            namespaces.add(namespace);
            teams.add(new Team(namespace, SEED + number));
            scene.awaitDefaultAccount(namespace);
        }
        scene.segment("town", namespaces, true);
        startOperator();
    }

    private void startOperator() throws IOException {
        operator = OperatorProcess.startWithHeapOfChart(controlPlane, "bulkhead-0");
        scene.await("the operator writes", () -> operator.writes() && operator.isReady());
    }

    @AfterEach
    void clear() throws IOException {
        operator.close();
        scene.close();
    }

    @Test
    void theOperatorLivesServesOthersAndNoNamespaceIsStuckAfterwards() throws IOException {
        long half = System.nanoTime() + TIME.dividedBy(2).toNanos();
        play(half);
        requireHealth();
        operator.close();
        startOperator();
        play(half + TIME.dividedBy(2).toNanos());
        requireHealth();
        report();
        assertEquals(KINDS, new TreeSet<>(accepted.keySet()), refused::toString);

        teams.forEach(Team::clear);
        for (Team team : teams) {
            callsOut(team.namespace, "afterwards");
            scene.awaitRuleState(team.namespace, "afterwards", "Open");
        }
        requireHealth();
    }

    private void play(long end) {
        for (int round = 0; round < ROUNDS || System.nanoTime() - end < 0; round++) {
            for (int step = 0; step < STEPS_BETWEEN; step++) {
                teams.get(dice.nextInt(TEAMS)).step();
            }
            long begin = System.nanoTime();
            String intent = "call-" + waited.size();
            callsOut(other, intent);
            scene.awaitRuleState(other, intent, "Open");
            waited.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
        }
    }

    /** What is an error in the log is a defect. */
    private void requireHealth() {
        scene.await("the operator is ready", operator::isReady);
        String log = operator.log();
        assertFalse(log.contains("java.lang.OutOfMemoryError"), log);
        assertEquals(
                List.of(), log.lines().filter(line -> line.contains(" ERROR ")).toList());
    }

    private void report() {
        Collections.sort(waited);
        System.out.printf(
                "Extreme objects: %s accepted, %d refused; another team was served %d times, p50 %d ms, p99 %d ms%n",
                accepted,
                refused.values().stream().mapToInt(count -> count).sum(),
                waited.size(),
                waited.get(waited.size() / 2),
                waited.get(waited.size() * 99 / 100));
        refused.forEach((message, count) -> System.out.println("  " + count + " times " + message));
    }

    private void callsOut(String namespace, String intent) {
        scene.intent(
                namespace,
                intent,
                Map.of(
                        "workload",
                        Map.of("all", true),
                        "outbound",
                        List.of(Map.of(
                                "to",
                                Map.of("network", Map.of("cidr", "192.0.2.0/24")),
                                "ports",
                                List.of(Map.of("port", 443))))));
    }
}
