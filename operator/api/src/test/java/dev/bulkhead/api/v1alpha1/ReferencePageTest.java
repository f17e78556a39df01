package dev.bulkhead.api.v1alpha1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of kinds; {@code -Dbulkhead.update=true} writes it. */
class ReferencePageTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    private static final Path PAGE = ROOT.resolve("operator/docs/reference.md");
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    @Test
    void thePageIsWhatTheDefinitionsSay() throws IOException {
        String page = new ReferencePage(committed()).markdown();
        if (Boolean.getBoolean("bulkhead.update")) {
            Files.writeString(PAGE, page);
        }

        assertEquals(
                page,
                Files.readString(PAGE),
                "refresh it with: mvn -pl operator/api test -Dtest=ReferencePageTest -Dbulkhead.update=true");
    }

    @Test
    void everyKindAndEveryFieldThatIsDefinedHasItsRow() throws IOException {
        String page = Files.readString(PAGE);
        for (CustomResourceDefinition definition : committed()) {
            String yaml = Files.readString(ROOT.resolve(
                    "crds/bulkhead.dev_" + definition.getSpec().getNames().getPlural() + ".yaml"));
            long texts = yaml.lines()
                    .filter(line -> line.matches("\\s+(- )?description: .*"))
                    .count();
            String kind = definition.getSpec().getNames().getKind();
            String section = page.substring(page.indexOf("\n## " + kind + "\n"));
            int next = section.indexOf("\n## ", 1);
            long rows = section.substring(0, next < 0 ? section.length() : next)
                    .lines()
                    .filter(line -> line.startsWith("| `spec") || line.startsWith("| `status"))
                    .count();
            assertTrue(page.contains("| [" + kind + "]("), kind);
            assertEquals(texts - 1, rows, kind + ": one text is the kind's own");
        }
    }

    @Test
    void boundsAreSaidInWords() {
        CustomResourceDefinition definition = SERIALIZATION.unmarshal("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: boats.example.com}
                spec:
                  group: example.com
                  names: {kind: Boat, plural: boats, singular: boat, shortNames: [bo], categories: [fleet]}
                  scope: Cluster
                  versions:
                  - name: v1
                    additionalPrinterColumns: [{name: Age, jsonPath: .metadata.creationTimestamp, priority: 1}]
                    schema:
                      openAPIV3Schema:
                        description: What floats.
                        type: object
                        required: [spec]
                        properties:
                          spec:
                            description: As it should be.
                            type: object
                            properties:
                              crew: {type: integer, minimum: 1, maximum: 9, default: 2, description: How many.}
                              flags:
                                description: a|b
                                type: array
                                maxItems: 3
                                items: {type: string, maxLength: 5, enum: [red, green]}
                            x-kubernetes-validations:
                            - rule: "true"
                              messageExpression: "'at most %s of '.format([self.crew])"
                            - rule: "true"
                              fieldPath: .crew
                              messageExpression: "string(self.crew) + ' is too many'"
                """, CustomResourceDefinition.class);

        String page = new ReferencePage(List.of(definition)).markdown();

        assertEquals("""
                ## Boat

                What floats.

                | | |
                |---|---|
                | apiVersion | `example.com/v1` |
                | scope | cluster |
                | names for kubectl | `boats`, `boat`, `bo`; with others `fleet` |
                | status | none |

                | column of `kubectl get` | shows |
                |---|---|
                | Age (`--output wide`) | `metadata.creationTimestamp` |

                ### Boat spec

                | field | type | bounds | what it is |
                |---|---|---|---|
                | `spec` | object | required | As it should be. |
                | `spec.crew` | integer | default `2`; 1 to 9 | How many. |
                | `spec.flags` | list of strings | at most 3 items; each `red`, `green`; each at most 5 characters | a\\|b |

                ### Boat: what is refused

                | message | at |
                |---|---|
                | at most … of  | `spec` |
                | … is too many | `spec.crew` |
                """, page.substring(page.indexOf("## Boat")));
    }

    private static List<CustomResourceDefinition> committed() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("crds"))) {
            return files.sorted().map(ReferencePageTest::read).toList();
        }
    }

    private static CustomResourceDefinition read(Path file) {
        try {
            return SERIALIZATION.unmarshal(Files.readString(file), CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
