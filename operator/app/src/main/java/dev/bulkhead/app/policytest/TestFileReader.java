package dev.bulkhead.app.policytest;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.app.manifest.DocumentReader;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.manifest.Place;
import dev.bulkhead.app.manifest.SourceFile;
import dev.bulkhead.app.manifest.Tree;
import dev.bulkhead.app.snapshot.PortOfInterest;
import dev.bulkhead.core.intent.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads files of tests: a format of files, not a kind in the cluster. */
final class TestFileReader {

    private static final String VERSION = "bulkhead.dev/v1alpha1";
    private static final String KIND = "ConnectivityTest";
    private static final ImmutableSet<String> FILE = ImmutableSet.of("apiVersion", "kind", "metadata", "tests");
    private static final ImmutableSet<String> TEST =
            ImmutableSet.of("name", "from", "to", "port", "protocol", "expect");

    private final SourceFile file;
    private final Consumer<Finding> findings;

    /** @param findings takes what is wrong; the test is left out */
    TestFileReader(SourceFile file, Consumer<Finding> findings) {
        this.file = file;
        this.findings = findings;
    }

    List<ConnectivityTest> read() {
        List<ConnectivityTest> tests = new ArrayList<>();
        new DocumentReader(findings).read(file, document -> tests.addAll(tests(document)));
        return tests;
    }

    private List<ConnectivityTest> tests(Tree document) {
        if (!(document instanceof Tree.Mapping content)
                || !content.text("kind").orElse("").equals(KIND)
                || !content.text("apiVersion").orElse("").equals(VERSION)) {
            report(
                    document.line(),
                    "a file of tests begins with 'apiVersion: " + VERSION + "' and 'kind: " + KIND + "'");
            return List.of();
        }
        demandOnly(content, FILE);
        if (!(content.get("tests").orElse(null) instanceof Tree.Sequence list)) {
            report(content.line(), "tests: it is missing; write a list, each item begun by '- '");
            return List.of();
        }
        List<ConnectivityTest> tests = new ArrayList<>();
        for (Tree item : list.items()) {
            if (item instanceof Tree.Mapping test) {
                test(test, tests.size() + 1).ifPresent(tests::add);
            } else {
                report(item.line(), "this is " + item.describe() + "; write the fields of a test");
            }
        }
        return tests;
    }

    private Optional<ConnectivityTest> test(Tree.Mapping test, int number) {
        demandOnly(test, TEST);
        Optional<String> from = demand(test, "from", "ns/pod, ns/Kind/name or an IP address");
        Optional<String> to = demand(test, "to", "ns/pod, ns/Kind/name or an IP address");
        Optional<PortOfInterest> port = demand(
                        test, "port", "a number, or the name of a container port of the destination")
                .flatMap(text -> port(test, text));
        Optional<Boolean> allowed =
                demand(test, "expect", "Allowed or Denied").flatMap(word -> expectation(test, word));
        if (from.isEmpty() || to.isEmpty() || port.isEmpty() || allowed.isEmpty()) {
            return Optional.empty();
        }
        String name = scalar(test, "name").orElseGet(() -> number + ": " + from.get() + " to " + to.get());
        return Optional.of(
                new ConnectivityTest(name, from.get(), to.get(), port.get(), allowed.get(), place(test.line())));
    }

    private Optional<PortOfInterest> port(Tree.Mapping test, String text) {
        try {
            return Optional.of(PortOfInterest.of(scalar(test, "protocol").orElse("TCP"), text));
        } catch (IllegalArgumentException e) {
            report(test.lineOf("port"), "port: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Boolean> expectation(Tree.Mapping test, String word) {
        if (word.equals("Allowed") || word.equals("Denied")) {
            return Optional.of(word.equals("Allowed"));
        }
        report(test.lineOf("expect"), "expect: '" + word + "' is neither Allowed nor Denied");
        return Optional.empty();
    }

    private Optional<String> demand(Tree.Mapping test, String field, String what) {
        Optional<String> text = scalar(test, field);
        if (text.isEmpty()) {
            report(test.line(), field + ": it is missing; write " + what);
        }
        return text;
    }

    private static Optional<String> scalar(Tree.Mapping test, String field) {
        return test.get(field)
                .map(Tree::plain)
                .filter(value -> !(value instanceof List || value instanceof Map))
                .map(Object::toString);
    }

    private void demandOnly(Tree.Mapping mapping, ImmutableSet<String> known) {
        for (Tree.Entry entry : mapping.entries()) {
            if (!known.contains(entry.name())) {
                String instead = Spelling.nearest(entry.name(), known)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("its fields are " + String.join(", ", known));
                report(entry.line(), entry.name() + ": there is no such field; " + instead);
            }
        }
    }

    private void report(int line, String message) {
        findings.accept(new Finding(place(line), "the test", message));
    }

    private Place place(int line) {
        return new Place(file.name(), line);
    }
}
