package dev.bulkhead.testkit.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;

/** Plain requests to the API server as one user, so that an attempt is written down as what goes over the wire. */
final class Requests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;

    Requests(KubernetesClient client) {
        this.client = client;
    }

    /** What the API server answered; {@code body} is the object, or the Status that says why not; with its warnings. */
    record Answer(int code, JsonNode body, List<String> warnings) {

        boolean accepted() {
            return code / 100 == 2;
        }

        String message() {
            return body.path("message").asText();
        }

        /** The label's value, null if the object does not carry it. */
        String label(String key) {
            return body.path("metadata").path("labels").path(key).textValue();
        }

        String name() {
            return body.path("metadata").path("name").asText();
        }
    }

    Answer get(String path) {
        return send("GET", path, null, null);
    }

    Answer create(String path, String body) {
        return send("POST", path, "application/json", body);
    }

    /** Deletes one object, or all that a list's path means. */
    Answer delete(String path) {
        return send("DELETE", path, "application/json", "{}");
    }

    /**
     * Writes by the named format.
     *
     * @param format merge, strategic, json (RFC 6902), apply (server-side, forced), put, or post
     */
    Answer write(String format, String path, String body) {
        return switch (format) {
            case "merge" -> send("PATCH", path, "application/merge-patch+json", body);
            case "strategic" -> send("PATCH", path, "application/strategic-merge-patch+json", body);
            case "json" -> send("PATCH", path, "application/json-patch+json", body);
            case "apply" ->
                send("PATCH", path + "?fieldManager=tenant&force=true", "application/apply-patch+yaml", body);
            case "put" -> send("PUT", path, "application/json", body);
            case "post" -> create(path, body);
            default -> throw new IllegalArgumentException(format);
        };
    }

    private Answer send(String method, String path, String contentType, String body) {
        HttpClient http = client.getHttpClient();
        URI uri = URI.create(client.getMasterUrl().toString().replaceAll("/$", "") + path);
        var request = http.newHttpRequestBuilder().uri(uri.toString()).method(method, contentType, body);
        var response = http.sendAsync(request.build(), String.class).join();
        try {
            return new Answer(response.code(), JSON.readTree(response.body()), response.headers("Warning"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
