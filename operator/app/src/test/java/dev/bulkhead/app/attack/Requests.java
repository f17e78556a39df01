package dev.bulkhead.app.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;

/** Plain requests to the API server as one user, so that an attempt is what goes over the wire. */
record Requests(KubernetesClient client) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the API server answered; {@code body} is the object, or the Status that says why not. */
    record Answer(int code, JsonNode body) {

        boolean accepted() {
            return code / 100 == 2;
        }

        String message() {
            return body.path("message").asText();
        }
    }

    Answer get(String path) {
        return send("GET", path, null, null);
    }

    Answer send(String verb, String path, String body) {
        return switch (verb) {
            case "get" -> get(path);
            case "delete" -> send("DELETE", path, "application/json", body == null ? "{}" : body);
            case "post", "put" -> send(verb.toUpperCase(Locale.ROOT), path, "application/json", body);
            case "merge" -> send("PATCH", path, "application/merge-patch+json", body);
            case "strategic" -> send("PATCH", path, "application/strategic-merge-patch+json", body);
            case "json" -> send("PATCH", path, "application/json-patch+json", body);
            case "apply" ->
                send("PATCH", path + "?fieldManager=bulkhead&force=true", "application/apply-patch+yaml", body);
            default -> throw new IllegalArgumentException(verb);
        };
    }

    private Answer send(String method, String path, String contentType, String body) {
        HttpClient http = client.getHttpClient();
        URI uri = URI.create(client.getMasterUrl().toString().replaceAll("/$", "") + path);
        var request = http.newHttpRequestBuilder().uri(uri.toString()).method(method, contentType, body);
        var response = http.sendAsync(request.build(), String.class).join();
        try {
            return new Answer(response.code(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
