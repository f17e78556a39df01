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
        value =
                "has(self.to.service) || (has(self.to.wellKnown) && self.to.wellKnown in ['KubeDNS', 'KubeAPIServer']) || (has(self.ports) && size(self.ports) > 0)",
        message = Port.REQUIRED_MESSAGE,
        reason = "FieldValueRequired",
        fieldPath = ".ports")
@ValidationRule(
        value =
                "!has(self.to.wellKnown) || !(self.to.wellKnown in ['KubeDNS', 'KubeAPIServer']) || !has(self.ports) || size(self.ports) == 0",
        messageExpression = "self.to.wellKnown + ' knows its own ports: leave ports out'",
        fieldPath = ".ports")
@ValidationRule(
        value = "!has(self.to.service) || !has(self.ports) || self.ports.all(port, !has(port.endPort))",
        message = "ports of a service are the numbers or names of its own ports, one by one: leave endPort out",
        fieldPath = ".ports")
@ValidationRule(
        value =
                "has(self.to.service) || !has(self.ports) || self.ports.all(entry, type(entry.port) == int || size(entry.port) <= 15)",
        message = Port.NAME_SIZE_MESSAGE,
        fieldPath = ".ports")
public record OutboundRule(
        @Required @JsonPropertyDescription("Whom the workload calls.")
        OutboundPeer to,

        @JsonPropertyDescription(
                "The ports, as the peer's pods have them; for a service the Service's own. Left out for a service (all its"
                        + " ports), KubeDNS and KubeAPIServer; required for everybody else.")
        @Size(max = 16)
        List<Port> ports,

        @JsonPropertyDescription("Why, in a few words.") @Size(max = 256)
        String reason) {

    public OutboundRule {
        ports = ports == null ? List.of() : List.copyOf(ports);
    }
}
