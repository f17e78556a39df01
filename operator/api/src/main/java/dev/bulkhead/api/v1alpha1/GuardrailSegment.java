package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which namespaces belong to a segment that a Guardrail names, be they there or not, for the admission policy to look up. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GuardrailSegment(
        @Required @JsonPropertyDescription("The segment.") @Size(max = 63)
        String name,

        @JsonPropertyDescription("Names and globs on names of its namespaces, sorted.") @Size(max = 5000)
        List<@Size(max = 63) String> namespaces,

        @JsonPropertyDescription("Names and globs that belong to no such glob, but to another segment or to none.")
        @Size(max = 1000)
        List<@Size(max = 63) String> except) {

    public GuardrailSegment {
        namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
        except = except == null ? List.of() : List.copyOf(except);
    }
}
