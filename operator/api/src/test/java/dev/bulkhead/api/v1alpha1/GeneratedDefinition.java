package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The definition of one kind, generated from its Java type, with what the generator leaves to be done. */
record GeneratedDefinition(Class<? extends HasMetadata> kind) {

    /** The name of its file under {@code crds/}. */
    String fileName() {
        return HasMetadata.getGroup(kind) + "_" + HasMetadata.getPlural(kind) + ".yaml";
    }

    String yaml() {
        var generated = new ByteArrayOutputStream();
        new CRDGenerator()
                .customResourceClasses(List.of(kind))
                .forCRDVersions("v1")
                .withOutput(new Capture(generated))
                .generate();
        var definition =
                Serialization.unmarshal(generated.toString(StandardCharsets.UTF_8), CustomResourceDefinition.class);
        refine(definition);
        return Serialization.asYaml(definition);
    }

    private void refine(CustomResourceDefinition definition) {
        for (var version : definition.getSpec().getVersions()) {
            // kubectl prints the columns in this order; the generator sorts them by path.
            version.getAdditionalPrinterColumns().sort(Comparator.comparing(this::declaredPosition));
            var schema = version.getSchema().getOpenAPIV3Schema();
            schema.setRequired(List.of("spec"));
            describe(schema);
            refine(schema);
        }
    }

    /** The generator takes descriptions from fields alone. */
    private void describe(JSONSchemaProps schema) {
        var types = ((ParameterizedType) kind.getGenericSuperclass()).getActualTypeArguments();
        schema.setDescription(description(kind));
        schema.getProperties().get("spec").setDescription(description((Class<?>) types[0]));
        if (types[1] == Void.class) {
            schema.getProperties().remove("status");
        } else {
            schema.getProperties().get("status").setDescription(description((Class<?>) types[1]));
        }
    }

    private static String description(Class<?> type) {
        return type.getAnnotation(JsonClassDescription.class).value();
    }

    private int declaredPosition(CustomResourceColumnDefinition column) {
        return Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList()
                .indexOf(column.getName());
    }

    private static void refine(JSONSchemaProps schema) {
        if (schema.getXKubernetesValidations() != null) {
            // An annotation on a record's component is on its field and on its accessor: each rule comes twice.
            schema.setXKubernetesValidations(
                    schema.getXKubernetesValidations().stream().distinct().toList());
        }
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            schema.setPattern(Port.NAME_PATTERN);
            schema.setMaxLength(Port.NAME_SIZE);
        }
        if (schema.getProperties() != null) {
            var conditions = schema.getProperties().get("conditions");
            if (conditions != null) {
                // The generator has no annotation for it; without, server-side apply replaces the whole list.
                conditions.setXKubernetesListType("map");
                conditions.setXKubernetesListMapKeys(List.of("type"));
            }
            schema.getProperties().values().forEach(GeneratedDefinition::refine);
        }
        if (schema.getItems() != null) {
            refine(schema.getItems().getSchema());
        }
    }

    private record Capture(OutputStream output) implements CRDGenerator.CRDOutput<OutputStream> {

        @Override
        public OutputStream outputFor(String name) {
            return output;
        }

        @Override
        public URI crdURI(String name) {
            return URI.create("file:///" + name);
        }

        @Override
        public void close() throws IOException {
            output.close();
        }
    }
}
