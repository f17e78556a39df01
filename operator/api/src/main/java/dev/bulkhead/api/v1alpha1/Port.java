package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;

/** A port by number or name, or a range of numbers. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "type(self.port) != int || (self.port >= 1 && self.port <= 65535)",
        message = "write a port number from 1 to 65535",
        fieldPath = ".port")
@ValidationRule(
        value = "type(self.port) == int || " + Port.POSITIONS
                + ".exists(at, at < size(self.port) && self.port.charAt(at)"
                + " >= 'a' && self.port.charAt(at) <= 'z')",
        message = "a number is written without quotes, a range as port and endPort; a name has at least one letter a-z",
        fieldPath = ".port")
@ValidationRule(
        value = "type(self.port) == int || " + Port.POSITIONS
                + ".all(at, at >= size(self.port) || (self.port.charAt(at) >= 'a' && self.port.charAt(at) <= 'z')"
                + " || (self.port.charAt(at) >= '0' && self.port.charAt(at) <= '9') || (self.port.charAt(at) == '-' &&"
                + " at > 0 && at + 1 < size(self.port) && self.port.charAt(at + 1) != '-'))",
        message = "a port's name is written in lower case letters, digits and single \"-\" between them",
        fieldPath = ".port")
@ValidationRule(
        value = "!has(self.endPort) || type(self.port) == int",
        message = "a range goes from number to number: write a number in port, or leave endPort out",
        fieldPath = ".endPort")
@ValidationRule(
        value = "!has(self.endPort) || type(self.port) != int || self.endPort >= self.port",
        messageExpression =
                "'a range ends at or above its start: write an endPort of ' + string(self.port) + ' or more'",
        fieldPath = ".endPort")
public record Port(
        @Required
        @JsonPropertyDescription(
                "A number from 1 to 65535, or the name of a container's port (for a service: of its port).")
        IntOrString port,

        @JsonPropertyDescription("The last port of a range that starts at port.") @Min(1) @Max(65535)
        Integer endPort,

        @JsonPropertyDescription("TCP, UDP or SCTP; TCP when left out.")
        PortProtocol protocol) {

    /**
     * The places of a container port's name, which has 15 at most. The API server knows no bound for an int-or-string
     * in CEL, so a regular expression over it would be refused for its cost; a character at a known place is cheap.
     */
    static final String POSITIONS = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]";

    /** What a name looks like; the generator passes over annotations on an int-or-string, so it is put in afterwards. */
    static final String NAME_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$";

    /** A Service's port may be called by any DNS label. */
    static final long NAME_SIZE = 63;

    static final String REQUIRED_MESSAGE =
            "ports is required, and leaving it out does not mean all ports: write for example ports: [{port: 8443}]";

    static final String NAME_SIZE_MESSAGE = "a container port's name has at most 15 characters: write the name as the"
            + " container has it, or the number";

    // Not a default of the schema: in a list, what the API server fills in looks like drift to tools that compare
    // whole lists with Git.
    public Port {
        protocol = protocol == null ? PortProtocol.TCP : protocol;
    }
}
