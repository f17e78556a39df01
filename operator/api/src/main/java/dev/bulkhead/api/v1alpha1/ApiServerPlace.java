package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Where the API server is. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApiServerPlace(
        @Required
        @JsonPropertyDescription("Its addresses, such as 192.0.2.10/32.")
        @Size(max = 64)
        @ValidationRule(value = "size(self) > 0", message = "name at least one address")
        @ValidationRule(value = Formats.NETWORKS, messageExpression = Formats.NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.CANONICAL_NETWORKS, messageExpression = Formats.CANONICAL_NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.NOT_EVERYWHERE, message = Formats.NOT_EVERYWHERE_MESSAGE)
        List<@Size(max = 64) String> networks,

        @JsonPropertyDescription("The ports; 443 and 6443 by TCP when left out.") @Size(max = 16)
        List<PortRange> ports) {

    public ApiServerPlace {
        networks = networks == null ? List.of() : List.copyOf(networks);
        ports = ports == null ? List.of() : List.copyOf(ports);
    }
}
