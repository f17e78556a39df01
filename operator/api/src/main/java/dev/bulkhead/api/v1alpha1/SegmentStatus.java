package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

@JsonClassDescription("Which namespaces are enrolled.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SegmentStatus(
        @JsonPropertyDescription("The generation of the spec that all of this was found for.") @Min(0)
        Long observedGeneration,

        @JsonPropertyDescription(
                "Ready: every namespace is enrolled as the spec says. IdentityInForce: the API server stamps pods with their service"
                        + " account and keeps the stamp true. Voided: policies by others open what no intent asks for."
                        + " Fought: somebody changes what Bulkhead writes as often as it is put right."
                        + " Held: something is not written now, and why.")
        @Size(max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("The namespaces enrolled, sorted; the first 500.") @Size(max = 500)
        List<@Size(max = 63) String> namespaces,

        @JsonPropertyDescription("How many namespaces are enrolled.") @Min(0)
        Integer namespaceCount,

        @JsonPropertyDescription(
                "How many pods lack the API server's stamp, where it stamps them. Bulkhead falls back to labels for a service"
                        + " account until all of its pods are stamped.")
        @Min(0)
        Integer unstampedPods,

        @JsonPropertyDescription("Policies by others that open what no intent asks for; the first 100.")
        @Size(max = 100)
        List<VoidedBy> voidedBy,

        @JsonPropertyDescription(
                "Kinds of policies that this cluster has besides NetworkPolicy, and that nobody here judges.")
        @Size(max = 32)
        List<@Size(max = 128) String> notJudged,

        @JsonPropertyDescription(
                "What the names of well-known peers come to in this cluster; the same on every Segment.")
        @Size(max = 8)
        List<WellKnownFound> wellKnown,

        @JsonPropertyDescription("Namespaces that another segment claims as well.") @Size(max = 500)
        List<SegmentConflict> conflicts) {

    public SegmentStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
        voidedBy = voidedBy == null ? List.of() : List.copyOf(voidedBy);
        notJudged = notJudged == null ? List.of() : List.copyOf(notJudged);
        wellKnown = wellKnown == null ? List.of() : List.copyOf(wellKnown);
        conflicts = conflicts == null ? List.of() : List.copyOf(conflicts);
    }
}
