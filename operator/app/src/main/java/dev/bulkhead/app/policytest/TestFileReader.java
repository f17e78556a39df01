package dev.bulkhead.app.policytest;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.manifest.Place;
import dev.bulkhead.app.manifest.SourceFile;
import dev.bulkhead.app.manifest.Spelling;
import dev.bulkhead.app.manifest.Tree;
import dev.bulkhead.app.manifest.TreeReader;
import dev.bulkhead.app.snapshot.PortOfInterest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads files of tests: a format of files, not a kind in the cluster. */
final class TestFileReader {

    private static final String VERSION = "bulkhead.dev/v1alpha1";
    private static final String KIND = "ConnectivityTest";
    private static final ImmutableSet<String> FILE = ImmutableSet.of("apiVersion", "kind", "metadata", "tests");
    private static final ImmutableSet<String> TEST =
            ImmutableSet.of("name", "from", "to", "port", "protocol", "expect");

    private final Consumer<Finding> findings;

    /** @param findings takes what is wrong; the test is left out */
    TestFileReader(Consumer<Finding> findings) {
        this.findings = findings;
    }

    List<ConnectivityTest> read(SourceFile file) {
        return new TreeReader(findings)
                .read(file).stream()
                        .flatMap(document -> new Document(file.name()).tests(document).stream())
                        .toList();
    }

    /** One document of a file. */
    private final class Document {

        private final String name;

        Document(String name) {
            this.name = name;
        }

        private List<ConnectivityTest> tests(Tree document) {
            if (!(document instanceof Tree.Mapping file)
                    || !file.text("kind").orElse("").equals(KIND)
                    || !file.text("apiVersion").orElse("").equals(VERSION)) {
                findings.accept(finding(
                        document.line(),
                        "a file of tests begins with 'apiVersion: " + VERSION + "' and 'kind: " + KIND + "'"));
                return List.of();
            }
            demandOnly(file, FILE);
            if (!(file.get("tests").orElse(null) instanceof Tree.Sequence list)) {
                findings.accept(finding(file.line(), "tests: it is missing; write a list, each item begun by '- '"));
                return List.of();
            }
            List<ConnectivityTest> tests = new ArrayList<>();
            for (Tree item : list.items()) {
                if (item instanceof Tree.Mapping test) {
                    test(test, tests.size() + 1).ifPresent(tests::add);
                } else {
                    findings.accept(
                            finding(item.line(), "this is " + item.describe() + "; write the fields of a test"));
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
            return Optional.of(new ConnectivityTest(
                    name, from.get(), to.get(), port.get(), allowed.get(), new Place(name, test.line())));
        }

        private Optional<PortOfInterest> port(Tree.Mapping test, String text) {
            try {
                return Optional.of(PortOfInterest.of(scalar(test, "protocol").orElse("TCP"), text));
            } catch (IllegalArgumentException e) {
                findings.accept(finding(test.lineOf("port"), "port: " + e.getMessage()));
                return Optional.empty();
            }
        }

        private Optional<Boolean> expectation(Tree.Mapping test, String word) {
            if (word.equals("Allowed") || word.equals("Denied")) {
                return Optional.of(word.equals("Allowed"));
            }
            findings.accept(finding(test.lineOf("expect"), "expect: '" + word + "' is neither Allowed nor Denied"));
            return Optional.empty();
        }

        private Optional<String> demand(Tree.Mapping test, String field, String what) {
            Optional<String> text = scalar(test, field);
            if (text.isEmpty()) {
                findings.accept(finding(test.line(), field + ": it is missing; write " + what));
            }
            return text;
        }

        private static Optional<String> scalar(Tree.Mapping test, String field) {
            return test.get(field)
                    .map(Tree::plain)
                    .filter(value -> !(value instanceof List))
                    .map(Object::toString);
        }

        private void demandOnly(Tree.Mapping mapping, ImmutableSet<String> known) {
            mapping.entries().forEach(entry -> {
                if (!known.contains(entry.name())) {
                    String instead = Spelling.nearest(entry.name(), known)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("its fields are " + String.join(", ", known));
                    findings.accept(finding(entry.line(), entry.name() + ": there is no such field; " + instead));
                }
            });
        }

        private Finding finding(int line, String message) {
            return new Finding(new Place(name, line), "the test", message);
        }
    }
}
