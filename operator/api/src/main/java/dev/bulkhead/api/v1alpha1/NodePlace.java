package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Where the nodes are. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodePlace(
        @Required
        @JsonPropertyDescription("Their addresses, such as 172.18.0.0/24.")
        @Size(max = 64)
        @ValidationRule(value = "size(self) > 0", message = "name at least one range of addresses")
        @ValidationRule(value = Formats.NETWORKS, messageExpression = Formats.NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.CANONICAL_NETWORKS, messageExpression = Formats.CANONICAL_NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.NOT_EVERYWHERE, message = Formats.NOT_EVERYWHERE_MESSAGE)
        List<@Size(max = 64) String> networks) {

    public NodePlace {
        networks = networks == null ? List.of() : List.copyOf(networks);
    }
}
