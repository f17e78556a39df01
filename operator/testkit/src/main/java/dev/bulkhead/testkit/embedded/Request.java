package dev.bulkhead.testkit.embedded;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An HTTP request.
 *
 * @param path the segments of its path
 * @param accept the media types that the client takes, the preferred first
 */
record Request(
        String method, List<String> path, Map<String, String> query, String accept, String contentType, String body) {

    static Request of(String method, String uri, String accept, String contentType, String body) {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        Map<String, String> query = new HashMap<>();
        if (question >= 0) {
            for (String pair : uri.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                query.put(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        List<String> segments = Stream.of(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .map(Request::decode)
                .toList();
        return new Request(
                method, segments, query, accept == null ? "" : accept, contentType == null ? "" : contentType, body);
    }

    boolean isWatch() {
        return method.equals("GET") && isTrue("watch");
    }

    /** Whether the client wants columns rather than objects. */
    boolean wantsTable() {
        return accept.contains("as=Table");
    }

    boolean isTrue(String parameter) {
        String value = query.get(parameter);
        return "true".equals(value) || "1".equals(value);
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    boolean dryRun() {
        return parameter("dryRun").equals("All");
    }

    Selector selector() {
        return new Selector(parameter("labelSelector"), parameter("fieldSelector"));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
