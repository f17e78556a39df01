package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Where the cluster's DNS is: workload or networks, the other is null. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.workload) != (has(self.networks) && size(self.networks) > 0)",
        message = WellKnownPlace.ONE_OF)
public record DnsPlace(
        @JsonPropertyDescription("Pods of the cluster.") WellKnownWorkload workload,

        @JsonPropertyDescription("Addresses, such as 169.254.20.10/32 of a cache on every node.")
        @Size(max = 64)
        @ValidationRule(value = Formats.NETWORKS, messageExpression = Formats.NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.CANONICAL_NETWORKS, messageExpression = Formats.CANONICAL_NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.NOT_EVERYWHERE, message = Formats.NOT_EVERYWHERE_MESSAGE)
        List<@Size(max = 64) String> networks,

        @JsonPropertyDescription("The ports, as its pods have them; 53 by TCP and UDP when left out.") @Size(max = 16)
        List<PortRange> ports) {

    public DnsPlace {
        networks = networks == null ? List.of() : List.copyOf(networks);
        ports = ports == null ? List.of() : List.copyOf(ports);
    }
}
