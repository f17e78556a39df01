package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What the name of a well-known peer comes to in this cluster. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WellKnownFound(
        @Required @JsonPropertyDescription("The name, as intents write it.")
        WellKnownPeer name,

        @Required
        @JsonPropertyDescription(
                "Found: in the cluster. Configured: by WellKnownPeers cluster. Missing: rules that name it are Unresolved.")
        WellKnownSource source,

        @Required @JsonPropertyDescription("What it comes to; where it is missing, why.") @Size(max = 1024)
        String meaning) {}
