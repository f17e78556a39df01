package dev.bulkhead.api.v1alpha1;

import static java.util.stream.Collectors.joining;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The reference of kinds as a page: what their definitions say, and nothing else. */
final class ReferencePage {

    private static final List<String> PARTS = List.of("spec", "status");

    private final List<CustomResourceDefinition> definitions;

    ReferencePage(List<CustomResourceDefinition> definitions) {
        this.definitions = definitions;
    }

    String markdown() {
        StringBuilder page = new StringBuilder("""
                # Reference of kinds

                Everything the definitions under [crds](../../crds) say: it is made from them. `kubectl explain` says the same on a cluster.
                In a path, `[]` stands for each item of a list. A message with `…` says there what was written.

                | kind | what it is |
                |---|---|
                """);
        for (CustomResourceDefinition definition : definitions) {
            String kind = definition.getSpec().getNames().getKind();
            page.append("| [%s](#%s) | %s |\n"
                    .formatted(
                            kind,
                            kind.toLowerCase(Locale.ROOT),
                            cell(schema(definition).getDescription())));
        }
        definitions.forEach(definition -> page.append(section(definition)));
        return page.toString();
    }

    private static String section(CustomResourceDefinition definition) {
        var names = definition.getSpec().getNames();
        CustomResourceDefinitionVersion version = version(definition);
        StringBuilder section = new StringBuilder("\n## %s\n\n%s\n\n"
                .formatted(names.getKind(), schema(definition).getDescription()));
        section.append("| | |\n|---|---|\n");
        section.append(
                "| apiVersion | `%s/%s` |\n".formatted(definition.getSpec().getGroup(), version.getName()));
        section.append(
                "| scope | %s |\n".formatted(definition.getSpec().getScope().toLowerCase(Locale.ROOT)));
        section.append("| names for kubectl | %s |\n".formatted(names(definition)));
        section.append("| status | %s |\n"
                .formatted(version.getSubresources() == null ? "none" : "a subresource; the operator alone writes it"));
        section.append(columns(version.getAdditionalPrinterColumns()));
        Map<String, JSONSchemaProps> parts = schema(definition).getProperties();
        for (String part : PARTS) {
            if (parts.containsKey(part)) {
                section.append(fields(names.getKind(), part, new SchemaFields(schema(definition), part)));
            }
        }
        return section.append(refusals(names.getKind(), new SchemaRefusals(schema(definition))))
                .toString();
    }

    private static String names(CustomResourceDefinition definition) {
        var names = definition.getSpec().getNames();
        String own = List.of(List.of(names.getPlural()), List.of(names.getSingular()), names.getShortNames()).stream()
                .flatMap(List::stream)
                .distinct()
                .map(name -> "`" + name + "`")
                .collect(joining(", "));
        return own
                + names.getCategories().stream()
                        .map(category -> "; with others `" + category + "`")
                        .collect(joining());
    }

    private static String columns(List<CustomResourceColumnDefinition> columns) {
        return "\n| column of `kubectl get` | shows |\n|---|---|\n"
                + columns.stream()
                        .map(column -> "| %s%s | `%s` |\n"
                                .formatted(
                                        column.getName(),
                                        column.getPriority() == null || column.getPriority() == 0
                                                ? ""
                                                : " (`--output wide`)",
                                        cell(column.getJsonPath().substring(1))))
                        .collect(joining());
    }

    private static String fields(String kind, String part, SchemaFields fields) {
        return "\n### %s %s\n\n| field | type | bounds | what it is |\n|---|---|---|---|\n".formatted(kind, part)
                + fields.all().stream()
                        .map(field -> "| `%s` | %s | %s | %s |\n"
                                .formatted(
                                        field.path(),
                                        field.type(),
                                        cell(String.join("; ", field.bounds())),
                                        cell(field.description())))
                        .collect(joining());
    }

    private static String refusals(String kind, SchemaRefusals refusals) {
        return "\n### %s: what is refused\n\n| message | at |\n|---|---|\n".formatted(kind)
                + refusals.all().entrySet().stream()
                        .map(refusal -> "| %s | %s |\n"
                                .formatted(
                                        cell(refusal.getKey()),
                                        refusal.getValue().stream()
                                                .map(path -> "`" + path + "`")
                                                .collect(joining(", "))))
                        .collect(joining());
    }

    private static CustomResourceDefinitionVersion version(CustomResourceDefinition definition) {
        return definition.getSpec().getVersions().get(0);
    }

    private static JSONSchemaProps schema(CustomResourceDefinition definition) {
        return version(definition).getSchema().getOpenAPIV3Schema();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
