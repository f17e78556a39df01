package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Baseline(
        @JsonPropertyDescription("Whether every workload may ask the cluster's DNS; true when left out.")
        @Default("true")
        Boolean dns) {

    public Baseline {
        dns = dns == null || dns;
    }
}
