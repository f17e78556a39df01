package dev.bulkhead.app.rights;

import dev.bulkhead.cluster.ApiConnection;
import dev.bulkhead.cluster.Operator;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.cluster.slim.SlimLists;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.chart.ChartAccount;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;

/**
 * An operator in this JVM that may do what the chart lets it do and nothing else: the only way in which tests start one
 * that is no process of its own.
 */
public final class ConfinedOperator implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final KubernetesClient client;
    private final Operator operator;

    private ConfinedOperator(KubernetesClient client, OperatorSettings settings) {
        this.client = client;
        this.operator = new Operator(client, settings);
    }

    /** Starts one where the chart is not installed, and waits until it writes. */
    public static ConfinedOperator start(ControlPlane controlPlane) {
        ChartAccount.ofOperator(controlPlane).create();
        return startInstalled(controlPlane, OperatorSettings.alone());
    }

    /** Starts one where Helm has installed the chart, and waits until it writes. */
    public static ConfinedOperator startInstalled(ControlPlane controlPlane, OperatorSettings settings) {
        return startBehind(ChartAccount.ofOperator(controlPlane).configuration(), settings);
    }

    /** Starts one that reaches the API server in its own way, with the chart's account, and waits until it writes. */
    public static ConfinedOperator startBehind(Config configuration, OperatorSettings settings) {
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(ApiConnection.of(configuration))
                .withHttpClientBuilderConsumer(SlimLists::in)
                .build();
        ConfinedOperator confined = new ConfinedOperator(client, settings);
        confined.operator.start();
        if (!confined.operator.awaitWorking(PATIENCE)) {
            throw new AssertionError("the operator does not work: " + confined.operator.unready());
        }
        return confined;
    }

    public Operator operator() {
        return operator;
    }

    @Override
    public void close() {
        operator.close();
        client.close();
    }
}
