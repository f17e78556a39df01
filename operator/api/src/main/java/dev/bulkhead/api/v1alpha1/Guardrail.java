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

/** Limits that no intent can pass. */
@Group("bulkhead.dev")
@Version("v1alpha1")
@Kind("Guardrail")
@Plural("guardrails")
@Singular("guardrail")
@ShortNames("gr")
@Categories("bulkhead")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Description",
        jsonPath = ".spec.description",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@JsonClassDescription("Limits that no intent can pass.")
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "size(self.metadata.name) <= 63 && !self.metadata.name.contains('.')",
        message = "metadata.name: a Guardrail's name has at most 63 characters and no \".\"")
public class Guardrail extends CustomResource<GuardrailSpec, GuardrailStatus> {

    private static final long serialVersionUID = 1L;
}
