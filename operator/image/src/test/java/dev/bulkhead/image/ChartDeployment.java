package dev.bulkhead.image;

import com.marcnuri.helm.Helm;
import dev.bulkhead.testkit.chart.ChartAccount;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operator's container as the chart has it, with the chart's defaults. */
record ChartDeployment(Container container) {

    static ChartDeployment render() {
        String chart = new Helm(Path.of(System.getProperty("bulkhead.root"), "charts", "bulkhead"))
                .template()
                .withName("bulkhead")
                .withNamespace(ChartAccount.NAMESPACE)
                .withKubeVersion("1.36.3")
                .call();
        return ((List<?>) new KubernetesSerialization().<Object>unmarshal(chart))
                .stream()
                        .filter(Deployment.class::isInstance)
                        .map(Deployment.class::cast)
                        .map(deployment -> deployment
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .get(0))
                        .map(ChartDeployment::new)
                        .findFirst()
                        .orElseThrow();
    }

    String image() {
        return container.getImage();
    }

    List<String> arguments() {
        return container.getArgs();
    }

    /** What it is told, and what the kubelet tells of the pod. */
    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : container.getEnv()) {
            environment.put(
                    variable.getName(),
                    variable.getValueFrom() == null
                            ? variable.getValue()
                            : field(variable.getValueFrom().getFieldRef().getFieldPath()));
        }
        return environment;
    }

    private static String field(String path) {
        return switch (path) {
            case "metadata.namespace" -> ChartAccount.NAMESPACE;
            case "metadata.name" -> "bulkhead-0";
            default -> throw new IllegalArgumentException("the kubelet tells nothing of " + path);
        };
    }
}
