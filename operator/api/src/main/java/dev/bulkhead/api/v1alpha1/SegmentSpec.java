package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@JsonClassDescription("Which namespaces, and what holds in them.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.except) || !self.except.exists(name, name in self.namespaces)",
        messageExpression =
                "'%s are named and left out alike: take them out of one of the two'.format([self.except.filter(name, name in self.namespaces)])",
        fieldPath = ".except")
public record SegmentSpec(
        @Required
        @JsonPropertyDescription("The namespaces: names, or globs on names with *. Never labels.")
        @Size(max = 100)
        @ValidationRule(value = "size(self) > 0", message = "name at least one namespace")
        @ValidationRule(value = SegmentSpec.GLOBS, messageExpression = SegmentSpec.GLOBS_MESSAGE)
        @ValidationRule(
                value = SegmentSpec.NOT_EVERYTHING,
                message =
                        "a bare * would take in every namespace to come: name the namespaces, or a part of their names, such"
                                + " as shop-*")
        @ValidationRule(
                value = "!self.exists(name, name in ['kube-system', 'kube-public', 'kube-node-lease'])",
                message = "kube-system, kube-public and kube-node-lease cannot be enrolled: take them out")
        List<@Size(max = 63) String> namespaces,

        @JsonPropertyDescription("Names or globs that are left out again.")
        @Size(max = 100)
        @ValidationRule(value = SegmentSpec.GLOBS, messageExpression = SegmentSpec.GLOBS_MESSAGE)
        @ValidationRule(
                value = SegmentSpec.NOT_EVERYTHING,
                message =
                        "a bare * would leave nothing: name the namespaces to leave out, or a part of their names, such as"
                                + " shop-test-*")
        List<@Size(max = 63) String> except,

        @Required
        @JsonPropertyDescription("What is enforced; both false: everything is computed and shown, nothing is written.")
        Enforcement enforce,

        @JsonPropertyDescription(
                "Workload, Namespace or Segment: inside it the declaration of one end is enough. Namespace when left out.")
        @Default("Namespace")
        TrustBoundary trustBoundary,

        @JsonPropertyDescription("What every workload has.") @Default("{}")
        Baseline baseline,

        @JsonPropertyDescription(
                "Verified: intents of these namespaces may name workloads by service account alone, or all of them."
                        + " Asserted when left out: by labels and owners too.")
        @Default("Asserted")
        IdentityAssurance identity) {

    private static final String GLOB = "name.matches('^[a-z0-9*]([-a-z0-9*]*[a-z0-9*])?$')";

    static final String GLOBS = "self.all(name, " + GLOB + ")";

    static final String GLOBS_MESSAGE =
            "'%s: write names of namespaces (lower case letters, digits and \"-\"), if need be"
                    + " with * for any characters, such as shop-*'.format([self.filter(name, !" + GLOB + ")])";

    static final String NOT_EVERYTHING = "!self.exists(name, name.matches('^[*]+$'))";

    public SegmentSpec {
        namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
        except = except == null ? List.of() : List.copyOf(except);
        trustBoundary = trustBoundary == null ? TrustBoundary.NAMESPACE : trustBoundary;
        baseline = baseline == null ? new Baseline(true) : baseline;
        identity = identity == null ? IdentityAssurance.ASSERTED : identity;
    }
}
