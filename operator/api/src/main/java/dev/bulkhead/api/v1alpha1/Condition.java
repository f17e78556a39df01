package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A condition as Kubernetes' conventions have it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Condition(
        @Required @JsonPropertyDescription("What the condition is about, such as Ready.") @Size(min = 1, max = 316)
        String type,

        @Required @JsonPropertyDescription("True, False or Unknown.")
        ConditionStatus status,

        @JsonPropertyDescription("The generation this was found for.") @Min(0)
        Long observedGeneration,

        @Required @JsonPropertyDescription("When the status last changed.") @Size(max = 64)
        String lastTransitionTime,

        @Required @JsonPropertyDescription("Why, as one word for programs.") @Size(min = 1, max = 1024)
        String reason,

        @Required @JsonPropertyDescription("Why, for people.") @Size(max = 32768)
        String message) {}
