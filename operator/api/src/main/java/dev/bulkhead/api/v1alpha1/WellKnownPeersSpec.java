package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

@JsonClassDescription("Where they are. What is left out is looked for in the cluster.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "[has(self.kubeDNS), has(self.kubeAPIServer), has(self.internet), has(self.ingressController),"
                + " has(self.monitoring), has(self.nodes)].exists(said, said)",
        message = "say at least one of kubeDNS, kubeAPIServer, internet, ingressController, monitoring or nodes")
public record WellKnownPeersSpec(
        @JsonPropertyDescription("The cluster's DNS.") DnsPlace kubeDNS,

        @JsonPropertyDescription("The API server, where its address is already translated to that of a server.")
        ApiServerPlace kubeAPIServer,

        @JsonPropertyDescription("What is not the internet.")
        InternetBounds internet,

        @JsonPropertyDescription("The pods that bring requests from outside in.")
        WellKnownPlace ingressController,

        @JsonPropertyDescription("The pods that scrape metrics.")
        WellKnownPlace monitoring,

        @JsonPropertyDescription("The nodes' own addresses.")
        NodePlace nodes) {}
