package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Pods of one namespace: exactly one way of naming them is given, the others are null. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value =
                "[has(self.serviceAccount), has(self.owner), has(self.podSelector), has(self.all)].exists_one(given, given)",
        message = "name the pods by exactly one of serviceAccount, owner, podSelector or all: true")
public record WellKnownWorkload(
        @Required
        @JsonPropertyDescription("The namespace the pods are in.")
        @Size(max = 253)
        @ValidationRule(value = Formats.DNS_LABEL, message = Formats.DNS_LABEL_MESSAGE)
        String namespace,

        @JsonPropertyDescription("The service account the pods run under: an identity the API server vouches for.")
        @Size(max = 253)
        @ValidationRule(value = Formats.DNS_SUBDOMAIN, message = Formats.DNS_SUBDOMAIN_MESSAGE)
        @ValidationRule(value = Formats.LABEL_SIZED, message = Formats.SERVICE_ACCOUNT_SIZE_MESSAGE)
        String serviceAccount,

        @JsonPropertyDescription("The workload whose own pod selector is meant: asserted.")
        WorkloadOwner owner,

        @JsonPropertyDescription("The pods with these labels: asserted. Never empty.")
        PodSelector podSelector,

        @JsonPropertyDescription("true: every pod of the namespace.")
        @ValidationRule(
                value = "self",
                message = "all can only be true: leave it out and write serviceAccount, owner or podSelector")
        Boolean all)
        implements WorkloadReference {}
