package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Enforcement(
        @Required @JsonPropertyDescription("Whether connections to the namespaces' pods are held to what is declared.")
        boolean ingress,

        @Required
        @JsonPropertyDescription("Whether connections from the namespaces' pods are held to what is declared.")
        boolean egress) {}
