package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RuleStatus(
        @Required @JsonPropertyDescription("Which rule, such as outbound[0].") @Size(min = 1, max = 32)
        String rule,

        @JsonPropertyDescription("The other end, in short.") @Size(max = 1024)
        String peer,

        @Required
        @JsonPropertyDescription(
                "Open; AwaitingPeer: the other end has not declared it; Unresolved: the rule's own workload or Service is"
                        + " not there; Forbidden: a guardrail or its segment denies it; Unenforceable: no policy can hold it; Observed: the segment only observes.")
        RuleState state,

        @JsonPropertyDescription("Why, and what to do.") @Size(max = 4096)
        String message,

        @JsonPropertyDescription(
                "Why nothing has used the rule since this version of the intent was applied: no pod and no pod template"
                        + " matches its own workload or its peer, or no container declares its port. Absent once"
                        + " something matches.")
        @Size(max = 4096)
        String idle,

        @JsonPropertyDescription(
                "How sure it is who the other end is. Verified: the API server vouches for it. Asserted: labels say so.")
        IdentityAssurance identity) {}
