package dev.bulkhead.app.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one look at {@code /metrics} shows.
 *
 * @param types of the metrics by name
 */
record Scrape(String text, Map<String, String> types, List<Sample> samples) {

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
    private static final Pattern PARTS = Pattern.compile("_(bucket|sum|count)$");

    record Sample(String name, Map<String, String> labels, double value) {

        String series() {
            return name + labels;
        }
    }

    static Scrape of(String text) {
        Map<String, String> types = new TreeMap<>();
        List<Sample> samples = text.lines()
                .peek(line -> {
                    Matcher type = TYPE.matcher(line);
                    if (type.matches()) {
                        types.put(type.group(1), type.group(2));
                    }
                })
                .filter(line -> !line.startsWith("#"))
                .map(Scrape::sample)
                .toList();
        return new Scrape(text, types, samples);
    }

    private static Sample sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        if (sample.group(2) != null) {
            Matcher label = LABEL.matcher(sample.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        return new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3)));
    }

    /** Of all samples of that name that have these labels, the sum. */
    double sum(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> Arrays.stream(labels).allMatch(label -> {
                    String[] parts = label.split("=", 2);
                    return parts[1].equals(sample.labels().get(parts[0]));
                }))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** The names that samples have, of which an expression may make use. */
    Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each name with its labels. */
    Set<String> series() {
        return samples.stream().map(Sample::series).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The labels that samples of a metric have, but for those that its type gives it. */
    Set<String> labels(String metric) {
        return samples.stream()
                .filter(sample -> sample.name().equals(metric)
                        || PARTS.matcher(sample.name()).replaceFirst("").equals(metric))
                .flatMap(sample -> sample.labels().keySet().stream())
                .filter(label -> !label.equals("le"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
