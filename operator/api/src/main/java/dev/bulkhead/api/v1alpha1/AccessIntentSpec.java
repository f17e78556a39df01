package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@JsonClassDescription("What is declared. Nothing left out means everything: what no rule names stays closed.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "(has(self.outbound) && size(self.outbound) > 0) || (has(self.inbound) && size(self.inbound) > 0)",
        message = "declare at least one rule under outbound (what the workload needs) or inbound (whom it serves)")
public record AccessIntentSpec(
        @JsonPropertyDescription("What this is for, in words a reviewer understands.") @Size(max = 1024)
        String description,

        @Required @JsonPropertyDescription("Whom this speaks for, in this namespace.")
        WorkloadSubject workload,

        @JsonPropertyDescription("What the workload needs.") @Size(max = 64)
        List<OutboundRule> outbound,

        @JsonPropertyDescription("Whom the workload serves.") @Size(max = 64)
        List<InboundRule> inbound) {

    public AccessIntentSpec {
        outbound = outbound == null ? List.of() : List.copyOf(outbound);
        inbound = inbound == null ? List.of() : List.copyOf(inbound);
    }
}
