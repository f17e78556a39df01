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
        value = "size(self.ports) > 0",
        message = Port.REQUIRED_MESSAGE,
        reason = "FieldValueRequired",
        fieldPath = ".ports")
@ValidationRule(
        value = "self.ports.all(entry, type(entry.port) == int || size(entry.port) <= 15)",
        message = Port.NAME_SIZE_MESSAGE,
        fieldPath = ".ports")
public record InboundRule(
        @Required @JsonPropertyDescription("Who may call.") InboundPeer from,

        @Required @JsonPropertyDescription("The ports, as the workload's pods have them.") @Size(max = 16)
        List<Port> ports,

        @JsonPropertyDescription("Why, in a few words.") @Size(max = 256)
        String reason) {

    public InboundRule {
        ports = ports == null ? List.of() : List.copyOf(ports);
    }
}
