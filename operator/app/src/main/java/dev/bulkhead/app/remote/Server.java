package dev.bulkhead.app.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.app.FailedException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** A running operator, asked over its HTTP interface. */
public final class Server {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI address;
    private final String token;
    private final HttpClient client;

    /**
     * @param address with a slash at its end
     * @param authority whose certificates are trusted; absent for the usual ones
     */
    Server(URI address, String token, Optional<Path> authority) {
        this.address = address;
        this.token = token;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1);
        authority.map(Server::trusting).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    private static SSLContext trusting(Path authority) {
        try {
            return TrustedAuthority.context(authority);
        } catch (IOException | GeneralSecurityException e) {
            throw new FailedException(
                    "--server-certificate-authority " + authority + " cannot be used: " + e.getMessage());
        }
    }

    /**
     * The answer to a question.
     *
     * @throws FailedException where it is not answered, and why
     */
    public String get(String place, Map<String, String> parameters) {
        return send(request(place, parameters).GET().build(), List.of());
    }

    /**
     * The answer to a question about something that is sent.
     *
     * @param texts of which findings tell the line
     * @throws FailedException where it is not answered, and why
     */
    public String post(String place, Map<String, String> parameters, List<SentText> texts) {
        String body = texts.stream().map(SentText::document).collect(Collectors.joining());
        return send(
                request(place, parameters)
                        .header("Content-Type", "application/yaml")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                texts);
    }

    private HttpRequest.Builder request(String place, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(address.resolve("api/v1/" + place + (query.isEmpty() ? "" : "?" + query)))
                .timeout(ANSWER)
                .header("Bulkhead-Authorization", "Bearer " + token)
                .header("Authorization", "Bearer " + token);
    }

    private String send(HttpRequest request, List<SentText> texts) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return response.body();
            }
            throw new FailedException(refusal(response, texts));
        } catch (IOException e) {
            throw new FailedException("the server " + address + " cannot be reached: "
                    + Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName())
                    + "; forward its port, or check the address");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted while the server was asked");
        }
    }

    private List<String> refusal(HttpResponse<String> response, List<SentText> texts) {
        JsonNode problem = problem(response.body());
        List<String> lines = new ArrayList<>();
        for (JsonNode finding : problem.path("findings")) {
            lines.add(SentText.place(texts, finding.path("line").asInt()) + ": "
                    + finding.path("message").asText());
        }
        if (lines.isEmpty()) {
            String detail = problem.path("detail").asText();
            lines.add("the server " + address + " answers " + response.statusCode()
                    + (detail.isEmpty() ? "; is it Bulkhead's console?" : ": " + detail));
        }
        return lines;
    }

    private static JsonNode problem(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MAPPER.createObjectNode();
        }
    }
}
