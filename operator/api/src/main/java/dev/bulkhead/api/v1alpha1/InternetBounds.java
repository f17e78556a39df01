package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What is not the internet, besides the private ranges and the cluster's own. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InternetBounds(
        @Required
        @JsonPropertyDescription("Ranges of public addresses that are one's own, such as 198.51.100.0/24.")
        @Size(max = 64)
        @ValidationRule(value = "size(self) > 0", message = "name at least one range of addresses")
        @ValidationRule(value = Formats.NETWORKS, messageExpression = Formats.NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.CANONICAL_NETWORKS, messageExpression = Formats.CANONICAL_NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.NOT_EVERYWHERE, message = Formats.NOT_EVERYWHERE_MESSAGE)
        List<@Size(max = 64) String> except) {

    public InternetBounds {
        except = except == null ? List.of() : List.copyOf(except);
    }
}
