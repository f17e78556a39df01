package dev.bulkhead.app.remote;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.connection.FileFailure;
import dev.bulkhead.app.connection.Unanswered;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** A running operator, asked over its HTTP interface. */
public final class Server {

    private static final int OK = 200;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int MEBIBYTE = 1 << 20;
    /** What is not there, or null, is not taken for nothing. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .build();

    private final URI address;
    private final String token;
    private final HttpClient client;
    private final AnswerLimits limits;

    /**
     * @param address with a slash at its end
     * @param authority whose certificates are trusted; absent for the usual ones
     */
    Server(URI address, String token, Optional<Path> authority, AnswerLimits limits) {
        this.address = address;
        this.limits = limits;
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
            throw new FailedException("--server-certificate-authority " + authority + " cannot be used: "
                    + (e instanceof IOException unread
                            ? FileFailure.reason(unread)
                            : "there is no certificate in it, in PEM"));
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
                .timeout(limits.time())
                .header("Bulkhead-Authorization", "Bearer " + token)
                .header("Authorization", "Bearer " + token);
    }

    /**
     * What an answer in JSON says.
     *
     * @throws FailedException where it says something else
     */
    public <T> T read(String json, Class<T> type) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, type)).orElseThrow(this::strange);
        } catch (JsonProcessingException e) {
            throw strange();
        }
    }

    private FailedException strange() {
        return new FailedException("the server " + address
                + " answers with something else than what was asked for; is it Bulkhead's console, of this version?");
    }

    private String send(HttpRequest request, List<SentText> texts) {
        CompletableFuture<HttpResponse<byte[]>> asked = client.sendAsync(
                request, head -> new BoundedBody(head.statusCode() == OK ? limits.bytes() : limits.refusalBytes()));
        try {
            HttpResponse<byte[]> response = asked.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
            String body = new String(response.body(), StandardCharsets.UTF_8);
            if (response.statusCode() == OK) {
                return body;
            }
            throw new FailedException(refusal(response.statusCode(), body, texts));
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw late();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted while the server was asked");
        }
    }

    private FailedException failed(Throwable reason) {
        if (reason instanceof HttpTimeoutException && !(reason instanceof HttpConnectTimeoutException)) {
            return late();
        }
        if (reason instanceof TooLongException tooLong) {
            return new FailedException("the server " + address + " answers with more than " + tooLong.most() / MEBIBYTE
                    + " MiB, which is not read; ask about less, or use --cluster");
        }
        return new FailedException(List.of(
                "the server " + address + " " + Unanswered.reason(reason), "forward its port, or check the address"));
    }

    private FailedException late() {
        return new FailedException("the server " + address + " has not answered in full within "
                + limits.time().toSeconds() + " seconds; try again, ask about less, or use --cluster");
    }

    private List<String> refusal(int status, String body, List<SentText> texts) {
        JsonNode problem = problem(body);
        List<String> lines = new ArrayList<>();
        for (JsonNode finding : problem.path("findings")) {
            lines.add(SentText.place(texts, finding.path("line").asInt()) + ": "
                    + finding.path("message").asText());
        }
        if (lines.isEmpty()) {
            String detail = problem.path("detail").asText();
            lines.add("the server " + address + " answers " + status
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
