package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** The other end of an outbound rule: exactly one field is given, the others are null. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value =
                "[has(self.workload), has(self.service), has(self.network), has(self.wellKnown)].exists_one(given, given)",
        message = "give exactly one of workload, service, network or wellKnown; one rule for each peer")
public record OutboundPeer(
        @JsonPropertyDescription("Pods of the cluster.") WorkloadPeer workload,

        @JsonPropertyDescription("The pods behind a Service.")
        ServicePeer service,

        @JsonPropertyDescription("Addresses outside the cluster.")
        NetworkPeer network,

        @JsonPropertyDescription(
                "What every cluster has: KubeDNS, KubeAPIServer, Internet, IngressController, Monitoring or Nodes.")
        WellKnownPeer wellKnown) {}
