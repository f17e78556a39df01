package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** The other end of an inbound rule: exactly one field is given, the others are null. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value =
                "[has(self.workload), has(self.namespace), has(self.segment), has(self.network), has(self.wellKnown)].exists_one(given, given)",
        message = "give exactly one of workload, namespace, segment, network or wellKnown; one rule for each peer")
public record InboundPeer(
        @JsonPropertyDescription("Pods of the cluster.") WorkloadPeer workload,

        @JsonPropertyDescription("Any workload of one namespace.")
        NamespacePeer namespace,

        @JsonPropertyDescription("Any workload of one segment.")
        SegmentPeer segment,

        @JsonPropertyDescription("Addresses outside the cluster.")
        NetworkPeer network,

        @JsonPropertyDescription(
                "What every cluster has: KubeDNS, KubeAPIServer, Internet, IngressController, Monitoring or Nodes.")
        WellKnownPeer wellKnown) {}
