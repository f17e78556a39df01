package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!isCIDR(self.cidr) || !has(self.except) || self.except.all(hole, !isCIDR(hole) || "
                + NetworkPeer.STRICTLY_INSIDE + ")",
        messageExpression = "'not inside %s, or all of it: %s; leave them out of except'.format([self.cidr,"
                + " self.except.filter(hole, isCIDR(hole) && !" + NetworkPeer.STRICTLY_INSIDE + ")])",
        fieldPath = ".except")
public record NetworkPeer(
        @Required
        @JsonPropertyDescription("The addresses, such as 203.0.113.0/24 or 2001:db8::/32.")
        @Size(max = 64)
        @ValidationRule(value = "isCIDR(self)", message = Formats.NETWORK_MESSAGE)
        @ValidationRule(
                value = "!isCIDR(self) || string(cidr(self).masked()) == self",
                messageExpression =
                        "'write %s: all bits after the prefix are 0, in the shortest form'.format([string(cidr(self).masked())])")
        String cidr,

        @JsonPropertyDescription("Addresses inside cidr that are left out.")
        @Size(max = 32)
        @ValidationRule(value = Formats.NETWORKS, messageExpression = Formats.NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.CANONICAL_NETWORKS, messageExpression = Formats.CANONICAL_NETWORKS_MESSAGE)
        List<@Size(max = 64) String> except) {

    static final String STRICTLY_INSIDE =
            "(cidr(self.cidr).containsCIDR(hole) && cidr(hole).prefixLength() > cidr(self.cidr).prefixLength())";

    public NetworkPeer {
        except = except == null ? List.of() : List.copyOf(except);
    }
}
