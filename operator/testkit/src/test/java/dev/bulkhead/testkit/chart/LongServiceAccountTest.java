package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.Requests.Answer;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who uses a service account whose name is no label's value is told that its pods get no identity. */
@OnControlPlane(value = ControlPlaneKind.REAL, tenants = Shop.TENANT)
class LongServiceAccountTest {

    private static final String ACCOUNTS = "/api/v1/namespaces/shop/serviceaccounts";

    private static Shop shop;

    @BeforeAll
    static void install(ControlPlane controlPlane) {
        shop = new Shop(controlPlane);
        Chart.ofRepository().render(Chart.STAMPING_SERVER, Map.of()).stream()
                .filter(object -> object.getMetadata().getName().equals("bulkhead-warn-long-service-account"))
                .forEach(object ->
                        controlPlane.client().resource(object).forceConflicts().serverSideApply());
        Shop.eventually(
                "a long name is warned of",
                () -> !create(ACCOUNTS, "{\"metadata\": {\"name\": \"%s\"}}".formatted("b".repeat(64)))
                        .warnings()
                        .isEmpty());
    }

    @AfterAll
    static void stop() {
        if (shop != null) {
            shop.close();
        }
    }

    private static Answer create(String path, String body) {
        return shop.tenant().create(path + "?dryRun=All", body);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            # path                                     | body
            /api/v1/namespaces/shop/pods               | {"metadata": {"name": "x"}, "spec": POD}
            /apis/apps/v1/namespaces/shop/deployments  | {"metadata": {"name": "x"}, "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "b"}}, "spec": POD}}}
            /apis/apps/v1/namespaces/shop/statefulsets | {"metadata": {"name": "x"}, "spec": {"serviceName": "x", "selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "b"}}, "spec": POD}}}
            /apis/apps/v1/namespaces/shop/daemonsets   | {"metadata": {"name": "x"}, "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "b"}}, "spec": POD}}}
            /apis/batch/v1/namespaces/shop/jobs        | {"metadata": {"name": "x"}, "spec": {"template": {"spec": POD}}}
            /apis/batch/v1/namespaces/shop/cronjobs    | {"metadata": {"name": "x"}, "spec": {"schedule": "0 0 1 1 *", "jobTemplate": {"spec": {"template": {"spec": POD}}}}}
            """)
    void itIsTakenAndWarnedOf(String path, String body) {
        String pod = """
                {"serviceAccountName": "%s", "restartPolicy": "%s", "containers": [{"name": "main", "image": "x"}]}""";
        String policy = path.contains("/batch/") ? "Never" : "Always";

        Answer longer = create(path, body.replace("POD", pod.formatted(Shop.NAME_OF_64, policy)));
        Answer shorter = create(path, body.replace("POD", pod.formatted(Shop.NAME_OF_63, policy)));

        assertTrue(longer.accepted(), longer::message);
        assertEquals(1, longer.warnings().size());
        assertTrue(
                longer.warnings().get(0).contains("its pods get no verified identity"),
                longer.warnings().get(0));
        assertTrue(shorter.accepted(), shorter::message);
        assertEquals(List.of(), shorter.warnings());
    }
}
