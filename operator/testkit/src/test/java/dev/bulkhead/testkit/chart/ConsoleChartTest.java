package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the chart makes of the console's values. */
class ConsoleChartTest {

    private static final Chart CHART = Chart.ofRepository();

    @Test
    void withoutACertificateTheConsoleIsOnNoPortThatOthersReach() {
        String text = CHART.template(Chart.STAMPING_SERVER, Map.of());
        for (String word : List.of("8082", "BULKHEAD_CONSOLE", "-console")) {
            assertFalse(text.contains(word), word);
        }
        assertTrue(text.contains("tokenreviews"));
    }

    @Test
    void withACertificateItIsBehindAServiceByTls() {
        String text = CHART.template(Chart.STAMPING_SERVER, Map.of("console.tls.secretName", "certificate"));
        for (String word : List.of(
                "name: bulkhead-console\n",
                "targetPort: console\n",
                "containerPort: 8082\n",
                "value: /etc/bulkhead/console-tls\n",
                "mountPath: /etc/bulkhead/console-tls\n",
                "secretName: certificate\n",
                "- port: console\n")) {
            assertEquals(2, text.split(Pattern.quote(word), -1).length, word);
        }
    }

    @Test
    void switchedOffItAsksNobodyWhoSomebodyIs() {
        String text = CHART.template(Chart.STAMPING_SERVER, Map.of("console.enabled", false, "metrics.enabled", false));
        assertFalse(text.contains("tokenreviews"), text);
        assertTrue(text.contains("name: BULKHEAD_CONSOLE\n"));
    }
}
