package dev.bulkhead.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API server counts itself. */
final class ApiServerMetrics {

    private static final Pattern WRITES = Pattern.compile(
            "^apiserver_request_total\\{(?=.*code=\"2)(?=.*[{,]resource=\"(\\w+)\")(?=.*subresource=\"(\\w*)\")"
                    + "(?=.*verb=\"(?:POST|PUT|PATCH|APPLY|DELETE)\").*} (\\S+)$",
            Pattern.MULTILINE);

    private final KubernetesClient client;

    ApiServerMetrics(KubernetesClient client) {
        this.client = client;
    }

    /** Successful writes so far, by anybody. */
    long writes(String resource, String subresource) {
        Matcher found = WRITES.matcher(client.raw("/metrics"));
        double sum = 0;
        while (found.find()) {
            if (found.group(1).equals(resource) && found.group(2).equals(subresource)) {
                sum += Double.parseDouble(found.group(3));
            }
        }
        return Math.round(sum);
    }
}
