package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Namespaces that are enforced together, and how. */
@Group("bulkhead.dev")
@Version("v1alpha1")
@Kind("Segment")
@Plural("segments")
@Singular("segment")
@ShortNames("seg")
@Categories("bulkhead")
@AdditionalPrinterColumn(
        name = "Namespaces",
        jsonPath = ".status.namespaceCount",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Ingress",
        jsonPath = ".spec.enforce.ingress",
        type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(
        name = "Egress",
        jsonPath = ".spec.enforce.egress",
        type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(name = "Trust", jsonPath = ".spec.trustBoundary", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Unstamped",
        jsonPath = ".status.unstampedPods",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Voided",
        jsonPath = ".status.conditions[?(@.type==\"Voided\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@JsonClassDescription("Namespaces that are enforced together, and how.")
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "size(self.metadata.name) <= 63 && !self.metadata.name.contains('.')",
        message = "metadata.name: a Segment's name has at most 63 characters and no \".\"")
public class Segment extends CustomResource<SegmentSpec, SegmentStatus> {

    private static final long serialVersionUID = 1L;
}
