package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a rule has to satisfy that asks for any of the connections. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value =
                "(has(self.reason) && self.reason) || has(self.identity) || has(self.maxAddresses) || has(self.maxNamespaces)",
        message = "demand at least one of reason: true, identity: Verified, maxAddresses or maxNamespaces")
@ValidationRule(
        value = "!has(self.identity) || self.identity == 'Verified'",
        message = "Asserted demands nothing: write Verified, or leave identity out",
        fieldPath = ".identity")
public record GuardrailDemand(
        @JsonPropertyDescription("Where the connections begin; anywhere when left out.")
        GuardrailEnds from,

        @JsonPropertyDescription("Where the connections end; anywhere when left out.")
        GuardrailEnds to,

        @JsonPropertyDescription(
                "On which ports, as the pods have them; on all when left out. A rule that gives a name instead"
                        + " of a number may mean any of them.")
        @Size(max = 16)
        List<PortRange> ports,

        @JsonPropertyDescription("Whether the rule has to give a reason.")
        Boolean reason,

        @JsonPropertyDescription(
                "Verified: workloads have to be named by service account, and the API server to vouch for it.")
        IdentityAssurance identity,

        @JsonPropertyDescription("Addresses that may be named for the same pods.") @Min(1) @Max(1_000_000_000)
        Long maxAddresses,

        @JsonPropertyDescription("How many namespaces the rule may name at most.") @Min(1) @Max(10000)
        Integer maxNamespaces) {

    public GuardrailDemand {
        ports = ports == null ? List.of() : List.copyOf(ports);
        reason = reason != null && reason;
    }
}
