package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@JsonClassDescription("What no intent can obtain, whoever agrees to it.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "(has(self.deny) && size(self.deny) > 0) || (has(self.demand) && size(self.demand) > 0)",
        message = "say at least one limit under deny or demand")
public record GuardrailSpec(
        @Required
        @JsonPropertyDescription(
                "What this is for. Teams whose rules it forbids read it: say whom to ask, or what to do instead.")
        @Size(min = 1, max = 512)
        String description,

        @JsonPropertyDescription("Connections that no intent can obtain.") @Size(max = 32)
        List<GuardrailDenial> deny,

        @JsonPropertyDescription("What rules have to satisfy that ask for certain connections.") @Size(max = 32)
        List<GuardrailDemand> demand) {

    public GuardrailSpec {
        deny = deny == null ? List.of() : List.copyOf(deny);
        demand = demand == null ? List.of() : List.copyOf(demand);
    }
}
