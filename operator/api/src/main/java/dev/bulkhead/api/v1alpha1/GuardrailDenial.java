package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Connections that no intent can obtain. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.from) || has(self.to) || (has(self.ports) && size(self.ports) > 0)"
                + " || (has(self.acknowledge) && 'Everything' in self.acknowledge)",
        message =
                "this denies everything: say from, to or ports, or confirm it with acknowledge: [DNS, KubeAPIServer, Everything]")
@ValidationRule(
        value = "!(" + GuardrailDenial.OF_WORKLOADS + " && " + GuardrailDenial.TO_DNS
                + ") || (has(self.acknowledge) && 'DNS' in self.acknowledge)",
        message =
                "this denies workloads the cluster's DNS, without which hardly any works: narrow it with to or ports, or"
                        + " confirm it with acknowledge: [DNS]")
@ValidationRule(
        value = "!(" + GuardrailDenial.OF_WORKLOADS + " && " + GuardrailDenial.TO_API_SERVER
                + ") || (has(self.acknowledge) && 'KubeAPIServer' in self.acknowledge)",
        message =
                "this denies workloads the API server, which controllers and operators need: narrow it with to or ports, or"
                        + " confirm it with acknowledge: [KubeAPIServer]")
public record GuardrailDenial(
        @JsonPropertyDescription("Where the connections begin; anywhere when left out.")
        GuardrailEnds from,

        @JsonPropertyDescription("Where the connections end; anywhere when left out.")
        GuardrailEnds to,

        @JsonPropertyDescription(
                "On which ports, as the pods have them; on all when left out. A rule that gives a name instead"
                        + " of a number may mean any of them.")
        @Size(max = 16)
        List<PortRange> ports,

        @JsonPropertyDescription("What this does that is seldom meant: DNS, KubeAPIServer, Everything. Such a denial is"
                + " refused unless it says so itself.")
        @Size(max = 3)
        List<Acknowledgement> acknowledge) {

    static final String OF_WORKLOADS = "(!has(self.from) || (has(self.from.segments) && size(self.from.segments) > 0)"
            + " || (has(self.from.namespaces) && size(self.from.namespaces) > 0))";

    static final String TO_DNS = "(!has(self.to) || (has(self.to.wellKnown) && 'KubeDNS' in self.to.wellKnown)"
            + " || (has(self.to.namespaces) && self.to.namespaces.exists(glob,"
            + " 'kube-system'.matches('^' + glob.replace('*', '.*') + '$'))))"
            + " && (!has(self.ports) || size(self.ports) == 0 || self.ports.exists(ports, ports.port <= 53"
            + " && (has(ports.endPort) ? ports.endPort : ports.port) >= 53))";

    static final String TO_API_SERVER =
            "(!has(self.to) || (has(self.to.wellKnown) && 'KubeAPIServer' in self.to.wellKnown)"
                    + " || (has(self.to.networks) && self.to.networks.exists(range, range.endsWith('/0'))))"
                    + " && (!has(self.ports) || size(self.ports) == 0 || self.ports.exists(ports,"
                    + " [443, 6443].exists(usual, ports.port <= usual"
                    + " && (has(ports.endPort) ? ports.endPort : ports.port) >= usual)))";

    public GuardrailDenial {
        ports = ports == null ? List.of() : List.copyOf(ports);
        acknowledge = acknowledge == null ? List.of() : List.copyOf(acknowledge);
    }
}
