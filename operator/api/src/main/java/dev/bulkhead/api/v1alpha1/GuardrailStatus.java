package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@JsonClassDescription("What became of it.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GuardrailStatus(
        @JsonPropertyDescription("The generation of the spec that all of this was found for.") @Min(0)
        Long observedGeneration,

        @JsonPropertyDescription("Ready: it is in force.") @Size(max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("The segments it names, with what belongs to them.") @Size(max = 64)
        List<GuardrailSegment> segments) {

    public GuardrailStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        segments = segments == null ? List.of() : List.copyOf(segments);
    }
}
