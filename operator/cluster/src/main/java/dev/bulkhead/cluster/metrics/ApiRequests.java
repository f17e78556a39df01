package dev.bulkhead.cluster.metrics;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.prometheus.client.Collector;
import io.prometheus.client.CounterMetricFamily;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is asked of the API server and how it answers: every attempt, watches when they begin. */
public final class ApiRequests extends Collector implements Interceptor {

    private static final String NO_ANSWER = "error";
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private record Answer(String method, String code) {}

    private final Map<Answer, LongAdder> answers = new ConcurrentHashMap<>();

    public ApiRequests() {
        // From the start, so that the first of them is an increase.
        answers.put(new Answer("GET", NO_ANSWER), new LongAdder());
    }

    /** Counts the requests of the clients that are made by it. */
    public void watch(HttpClient.Builder clients) {
        clients.addOrReplaceInterceptor("bulkhead-metrics", this);
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        count(request, Integer.toString(response.code()));
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        count(request, NO_ANSWER);
    }

    private void count(HttpRequest request, String code) {
        String method = METHODS.contains(request.method()) ? request.method() : "other";
        answers.computeIfAbsent(new Answer(method, code), unknown -> new LongAdder())
                .increment();
    }

    @Override
    public List<MetricFamilySamples> collect() {
        CounterMetricFamily family = new CounterMetricFamily(
                "bulkhead_api_requests_total",
                "Requests to the API server, by method and by status code; error where there was no answer.",
                List.of("method", "code"));
        answers.forEach(
                (answer, count) -> family.addMetric(List.of(answer.method(), answer.code()), (double) count.sum()));
        return List.of(family);
    }
}
