package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SegmentConflict(
        @Required @JsonPropertyDescription("The namespace both segments claim.") @Size(max = 63)
        String namespace,

        @Required @JsonPropertyDescription("The other segment.") @Size(max = 253)
        String segment) {}
