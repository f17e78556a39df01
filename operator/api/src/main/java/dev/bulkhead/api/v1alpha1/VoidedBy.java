package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A policy by somebody else that opens what no intent asks for. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VoidedBy(
        @Required @JsonPropertyDescription("The NetworkPolicy, as namespace/name.") @Size(max = 320)
        String policy,

        @JsonPropertyDescription("The field manager that wrote it last.") @Size(max = 128)
        String lastWrittenBy,

        @Required @JsonPropertyDescription("What it opens, by an example.") @Size(max = 1024)
        String opens) {}
