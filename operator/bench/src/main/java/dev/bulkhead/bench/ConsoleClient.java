package dev.bulkhead.bench;

import dev.bulkhead.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Asks the console what browsers ask it. */
final class ConsoleClient {

    private static final Pattern DECLARED = Pattern.compile("\"Declared\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private static final int TOO_MANY = 429;

    private final String address;
    private final String token;

    ConsoleClient(String address, String token) {
        this.address = address;
        this.token = token;
    }

    private HttpRequest question(String path) {
        return question(path, token);
    }

    private HttpRequest question(String path, String shown) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + shown)
                .build();
    }

    void awaitConnections(int count, Duration limit) {
        Await.until(count + " connections are declared", limit, () -> connections() >= count);
    }

    private long connections() {
        String graph = send(question("/api/v1/graph?by=workload"), HttpResponse.BodyHandlers.ofString())
                .body();
        return DECLARED.matcher(graph).results().count();
    }

    /** @return how many milliseconds the answer took */
    double ask(String path) {
        long begin = System.nanoTime();
        send(question(path), HttpResponse.BodyHandlers.ofString());
        return (System.nanoTime() - begin) / 1e6;
    }

    private <T> HttpResponse<T> send(HttpRequest question, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(question, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A client for each of these people, told of changes until they are closed. */
    Streams listen(List<String> tokens) {
        List<InputStream> events = new ArrayList<>();
        for (String one : tokens) {
            List<HttpResponse<InputStream>> answers = new ArrayList<>();
            // So many tokens that were never seen before are taken one after the other.
            Await.until("a client is let in", Duration.ofSeconds(10), () -> {
                answers.add(send(question("/api/v1/events", one), HttpResponse.BodyHandlers.ofInputStream()));
                return answers.get(answers.size() - 1).statusCode() != TOO_MANY;
            });
            HttpResponse<InputStream> answer = answers.get(answers.size() - 1);
            if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
                throw new IllegalStateException("a client is not told of changes: " + answer.statusCode());
            }
            events.add(answer.body());
        }
        return new Streams(events);
    }

    /** What the clients are told. */
    static final class Streams implements AutoCloseable {

        private final List<InputStream> events;
        private final AtomicInteger told = new AtomicInteger();

        private Streams(List<InputStream> events) {
            this.events = events;
            events.forEach(one -> new Thread(() -> read(one), "client").start());
        }

        private void read(InputStream one) {
            byte[] piece = new byte[8192];
            try {
                while (one.read(piece) >= 0) {
                    told.incrementAndGet();
                }
            } catch (IOException e) {
                // Closed, as it is to be in the end.
                return;
            }
        }

        /** How many pieces came, to all of them together. */
        int told() {
            return told.get();
        }

        @Override
        public void close() {
            for (InputStream one : events) {
                try {
                    one.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
