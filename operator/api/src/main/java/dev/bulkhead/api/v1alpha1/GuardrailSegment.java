package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** The namespaces of a segment that a Guardrail names, for the admission policy to look up. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GuardrailSegment(
        @Required @JsonPropertyDescription("The segment.") @Size(max = 63)
        String name,

        @JsonPropertyDescription("Its namespaces, sorted.") @Size(max = 5000)
        List<@Size(max = 63) String> namespaces) {

    public GuardrailSegment {
        namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
    }
}
