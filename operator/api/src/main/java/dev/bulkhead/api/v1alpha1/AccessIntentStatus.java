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
public record AccessIntentStatus(
        @JsonPropertyDescription("The generation of the spec that all of this was found for.") @Min(0)
        Long observedGeneration,

        @JsonPropertyDescription("Ready: the policies for this intent are in place. Connected: all rules are Open.")
        @Size(max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription(
                "How sure it is whom this speaks for. Verified: the API server vouches for it. Asserted: labels say so.")
        IdentityAssurance identity,

        @JsonPropertyDescription("What became of each rule.") @Size(max = 128)
        List<RuleStatus> rules,

        @JsonPropertyDescription("The NetworkPolicies that carry this; namespace/name where it is another namespace.")
        @Size(max = 512)
        List<@Size(max = 320) String> policies,

        @JsonPropertyDescription("How many rules are open, of how many, such as \"3/4\".") @Size(max = 64)
        String summary) {

    public AccessIntentStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        rules = rules == null ? List.of() : List.copyOf(rules);
        policies = policies == null ? List.of() : List.copyOf(policies);
    }
}
