package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** One end of the connections that a limit speaks of: any of what is named. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "[has(self.segments) && size(self.segments) > 0, has(self.namespaces) && size(self.namespaces) > 0,"
                + " has(self.networks) && size(self.networks) > 0, has(self.wellKnown) && size(self.wellKnown) >"
                + " 0].exists(named, named)",
        message = "name at least one of segments, namespaces, networks or wellKnown; for any end leave it out")
public record GuardrailEnds(
        @JsonPropertyDescription("Any workload of these segments.")
        @Size(max = 32)
        @ValidationRule(
                value = "self.all(name, name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'))",
                message = "write names of segments; no wildcards")
        List<@Size(max = 63) String> segments,

        @JsonPropertyDescription("Any workload of these namespaces: names, or globs on names with *.")
        @Size(max = 32)
        @ValidationRule(value = SegmentSpec.GLOBS, messageExpression = SegmentSpec.GLOBS_MESSAGE)
        List<@Size(max = 63) String> namespaces,

        @JsonPropertyDescription("Addresses outside the cluster, such as 203.0.113.0/24 or 2001:db8::/32.")
        @Size(max = 32)
        @ValidationRule(value = Formats.NETWORKS, messageExpression = Formats.NETWORKS_MESSAGE)
        @ValidationRule(value = Formats.CANONICAL_NETWORKS, messageExpression = Formats.CANONICAL_NETWORKS_MESSAGE)
        List<@Size(max = 64) String> networks,

        @JsonPropertyDescription(
                "What every cluster has: KubeDNS, KubeAPIServer, Internet, IngressController, Monitoring or Nodes.")
        @Size(max = 8)
        List<WellKnownPeer> wellKnown) {

    public GuardrailEnds {
        segments = segments == null ? List.of() : List.copyOf(segments);
        namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
        networks = networks == null ? List.of() : List.copyOf(networks);
        wellKnown = wellKnown == null ? List.of() : List.copyOf(wellKnown);
    }
}
