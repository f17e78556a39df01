package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Port numbers that follow one another. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.endPort) || self.endPort >= self.port",
        message = "a range ends at or above its start: write an endPort of port or more",
        fieldPath = ".endPort")
public record PortRange(
        @Required @JsonPropertyDescription("A number from 1 to 65535.") @Min(1) @Max(65535)
        Integer port,

        @JsonPropertyDescription("The last port of a range that starts at port.") @Min(1) @Max(65535)
        Integer endPort,

        @JsonPropertyDescription("TCP, UDP or SCTP; TCP when left out.")
        PortProtocol protocol) {

    // Not a default of the schema: in a list, what the API server fills in looks like drift to tools that compare
    // whole lists with Git.
    public PortRange {
        protocol = protocol == null ? PortProtocol.TCP : protocol;
    }
}
