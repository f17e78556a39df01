package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Where the platform says that well-known peers are. There is one at most. */
@Group("bulkhead.dev")
@Version("v1alpha1")
@Kind("WellKnownPeers")
@Plural("wellknownpeers")
@Singular("wellknownpeers")
@ShortNames("wkp")
@Categories("bulkhead")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@JsonClassDescription("Where well-known peers are, for those that the operator should not look for by itself.")
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
        value = "self.metadata.name == 'cluster'",
        message = "metadata.name: there is one WellKnownPeers at most: call it cluster")
public class WellKnownPeers extends CustomResource<WellKnownPeersSpec, Void> {

    private static final long serialVersionUID = 1L;
}
