package dev.bulkhead.cluster.read;

import com.google.common.collect.ImmutableSet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The admission policies that stamp pods with their service account and keep the stamp true. */
public final class IdentityPolicies {

    /** On each of them, whoever installed it. */
    public static final String LABEL = "bulkhead.dev/identity";

    private static final String STAMP = "bulkhead-stamp-service-account";
    private static final String VERIFY = "bulkhead-verify-service-account";

    /** An admission object by kind and name. */
    public record Name(String kind, String name) {}

    private static final ImmutableSet<Name> NEEDED = ImmutableSet.of(
            new Name("MutatingAdmissionPolicy", STAMP),
            new Name("MutatingAdmissionPolicyBinding", STAMP),
            new Name("ValidatingAdmissionPolicy", VERIFY),
            new Name("ValidatingAdmissionPolicyBinding", VERIFY));

    private IdentityPolicies() {}

    /** The name by which this object counts; empty for one that has nothing to do with identity. */
    public static Optional<Name> nameOf(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        Name name = new Name(object.getKind(), object.getMetadata().getName());
        boolean counts = labels != null && "true".equals(labels.get(LABEL)) && NEEDED.contains(name);
        return counts ? Optional.of(name) : Optional.empty();
    }

    /** Whether these are enough for a stamp to be believed: a policy without its binding does nothing. */
    public static boolean areInForce(Collection<Name> found) {
        return found.containsAll(NEEDED);
    }
}
