package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Where a well-known peer is: exactly one field is given, the other is null. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.workload) != (has(self.networks) && size(self.networks) > 0)",
        message = WellKnownPlace.ONE_OF)
public record WellKnownPlace(
        @JsonPropertyDescription("Pods of the cluster.") WellKnownWorkload workload,

        @JsonPropertyDescription("Addresses, such as those of nodes where it runs on the host network.")
        @Size(max = 64)
        @ValidationRule(value = Formats.NETWORKS, messageExpression = Formats.NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.CANONICAL_NETWORKS, messageExpression = Formats.CANONICAL_NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.NOT_EVERYWHERE, message = Formats.NOT_EVERYWHERE_MESSAGE)
        List<@Size(max = 64) String> networks) {

    static final String ONE_OF = "say exactly one of workload and networks";

    public WellKnownPlace {
        networks = networks == null ? List.of() : List.copyOf(networks);
    }
}
