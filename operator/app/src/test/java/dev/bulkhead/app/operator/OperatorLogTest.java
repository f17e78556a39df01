package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an operator says at INFO while things are declared, changed by others and withdrawn, and while nothing happens. */
@OnControlPlane(ControlPlaneKind.EMBEDDED)
class OperatorLogTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** As somebody would read them who collects JSON. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final LogEncoder encoder = LogEncoder.json();
        private final List<JsonNode> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            try {
                lines.add(MAPPER.readTree(new String(encoder.encode(event), StandardCharsets.UTF_8)));
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.bulkhead");
    private final Lines log = new Lines();
    private final Scene scene;

    OperatorLogTest(ControlPlane controlPlane) {
        scene = new Scene(controlPlane);
    }

    @BeforeEach
    void start() {
        ours.setLevel(Level.INFO);
        ours.setAdditive(false);
        log.start();
        ours.addAppender(log);
        scene.installDefinitions();
        scene.startOperator();
    }

    @AfterEach
    void stop() {
        scene.close();
        ours.detachAppender(log);
        ours.setAdditive(true);
        ours.setLevel(null);
    }

    private List<JsonNode> lines(String message, Map<String, String> fields) {
        return log.lines.stream()
                .filter(line -> line.path("message").asText().equals(message))
                .filter(line -> fields.entrySet().stream().allMatch(has(line)))
                .toList();
    }

    private static Predicate<Map.Entry<String, String>> has(JsonNode line) {
        return field -> line.path(field.getKey()).asText().startsWith(field.getValue());
    }

    private JsonNode await(String message, Map<String, String> fields) {
        scene.await(message + " " + fields, () -> !lines(message, fields).isEmpty());
        return lines(message, fields).get(0);
    }

    @Test
    void decisionsAreSaidOnceAndWhereNothingIsDecidedNothingIsSaid() {
        await("Cluster read", Map.of("namespaces", "", "duration_seconds", ""));
        await("Lead gained", Map.of("replica", "bulkhead"));

        String shop = scene.namespace("shop");
        String town = scene.segment("town", List.of(shop), true);
        await("Namespace enrolled", Map.of("namespace", shop, "segment", town, "enforce", "egress,ingress"));
        scene.deployment(shop, "checkout", 1);
        scene.deployment(shop, "catalogue", 1);
        scene.outbound(shop, "checkout", "checkout", shop, "catalogue", 8080);
        JsonNode opened = await("Intent changed", Map.of("namespace", shop, "intent", "checkout", "state", "Open"));
        assertEquals("Written", opened.path("reason").asText());
        assertTrue(opened.path("opened").asText().startsWith("outbound[0] "), opened::toString);
        await(
                "Policy written",
                Map.of(
                        "namespace", shop,
                        "policy", "bulkhead-egress-checkout-",
                        "operation", "create",
                        "reason", "change"));
        assertEquals(
                scene.operator().counters().policyWrites(),
                lines("Policy written", Map.of()).size(),
                "as many lines as the metrics count writes");

        int before = log.lines.size();
        scene.scale(shop, "checkout", 5);
        scene.scale(shop, "checkout", 1);
        scene.outbound(shop, "checkout", "checkout", shop, "catalogue", 8080);
        assertEquals(List.of(), log.lines.subList(before, log.lines.size()), "nothing changed");

        scene.client().resource(scene.policy(shop, "bulkhead-baseline")).delete();
        await("Policy written", Map.of("namespace", shop, "policy", "bulkhead-baseline", "reason", "drift"));

        scene.delete(shop, "checkout");
        await("Policy written", Map.of("policy", "bulkhead-egress-checkout-", "operation", "delete"));
        scene.deleteSegment(town);
        await("Namespace released", Map.of("namespace", shop, "segment", town));
    }

    @Test
    void whatIsClaimedTwiceAndWhatANameConflictMeansIsAWarning() {
        String shop = scene.namespace("shop");
        String one = scene.segment("one", List.of(shop), true);
        scene.awaitClosed(shop);
        String other = scene.segment("other", List.of(shop), true);

        JsonNode claimed = await("Namespace claimed twice", Map.of("namespace", shop));

        assertEquals("WARN", claimed.path("level").asText());
        assertEquals(one + "," + other, claimed.path("segment").asText());
        JsonNode conflict = await("Segment changed", Map.of("segment", one, "reason", "Conflict"));
        assertEquals("WARN", conflict.path("level").asText());
    }
}
