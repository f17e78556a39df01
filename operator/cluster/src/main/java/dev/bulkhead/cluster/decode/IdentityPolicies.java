package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableSet;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The admission policies that stamp pods with their service account and keep the stamp true. */
public final class IdentityPolicies {

    /** On each of them, whoever installed it. */
    public static final String LABEL = "bulkhead.dev/identity";

    private static final String STAMP = "bulkhead-stamp-service-account";
    private static final String VERIFY = "bulkhead-verify-service-account";

    /** An admission object by kind and name. */
    public record Name(String kind, String name) {
        @Override
        public String toString() {
            return kind + " " + name;
        }
    }

    /** Without any of them no stamp is to be believed: a policy without its binding does nothing. */
    public static final ImmutableSet<Name> NEEDED = ImmutableSet.of(
            new Name("MutatingAdmissionPolicy", STAMP),
            new Name("MutatingAdmissionPolicyBinding", STAMP),
            new Name("ValidatingAdmissionPolicy", VERIFY),
            new Name("ValidatingAdmissionPolicyBinding", VERIFY));

    private IdentityPolicies() {}

    /** The name by which this object counts; empty for one that does nothing for identity. */
    public static Optional<Name> nameOf(HasMetadata object) {
        Name name = new Name(object.getKind(), object.getMetadata().getName());
        boolean whole = !(object instanceof GenericKubernetesResource read)
                || flaw(read).isEmpty();
        return isMarked(object) && NEEDED.contains(name) && whole ? Optional.of(name) : Optional.empty();
    }

    private static boolean isMarked(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return labels != null && "true".equals(labels.get(LABEL));
    }

    /** Whether these are enough for a stamp to be believed. */
    public static boolean areInForce(Collection<Name> found) {
        return found.containsAll(NEEDED);
    }

    /** Why one of these objects does not do its part for every pod; empty when it does. */
    public static Optional<String> flaw(GenericKubernetesResource object) {
        if (!isMarked(object)) {
            return Optional.of("lacks the label " + LABEL + ": \"true\"");
        }
        return object.getKind().endsWith("Binding") ? flawOfBinding(object) : flawOfPolicy(object);
    }

    private static Optional<String> flawOfPolicy(GenericKubernetesResource policy) {
        if ("Ignore".equals(policy.get("spec", "failurePolicy"))) {
            return Optional.of("has failurePolicy Ignore: write Fail");
        }
        if (!isNothing(policy.get("spec", "matchConditions"))) {
            return Optional.of("has matchConditions, by which pods pass it by");
        }
        if (isLimited(policy.get("spec", "matchConstraints"))) {
            return Optional.of(
                    "leaves out pods or namespaces (namespaceSelector, objectSelector, excludeResourceRules)");
        }
        List<Map<String, Object>> rules = policy.get("spec", "matchConstraints", "resourceRules");
        boolean everyPod = rules != null && rules.stream().anyMatch(IdentityPolicies::isOfPods);
        if (!everyPod) {
            return Optional.of("does not look at pods whenever they are created and updated");
        }
        boolean empty = isNothing(policy.get("spec", "mutations")) && isNothing(policy.get("spec", "validations"));
        return empty ? Optional.of("does nothing") : Optional.empty();
    }

    private static boolean isOfPods(Map<String, Object> rule) {
        return contains(rule, "apiGroups", "")
                && contains(rule, "apiVersions", "v1")
                && contains(rule, "resources", "pods")
                && contains(rule, "operations", "CREATE")
                && contains(rule, "operations", "UPDATE")
                && !"Cluster".equals(rule.get("scope"))
                && isNothing(rule.get("resourceNames"));
    }

    private static boolean contains(Map<String, Object> rule, String field, String value) {
        return rule.get(field) instanceof Collection<?> values && (values.contains(value) || values.contains("*"));
    }

    private static Optional<String> flawOfBinding(GenericKubernetesResource binding) {
        if (!binding.getMetadata().getName().equals(binding.get("spec", "policyName"))) {
            return Optional.of("binds another policy");
        }
        if (isLimited(binding.get("spec", "matchResources"))) {
            return Optional.of("leaves out pods or namespaces (matchResources)");
        }
        List<String> actions = binding.get("spec", "validationActions");
        boolean denies = binding.getKind().startsWith("Mutating") || (actions != null && actions.contains("Deny"));
        return denies ? Optional.empty() : Optional.of("does not deny: write validationActions: [Deny]");
    }

    /** Of a policy's matchConstraints, or a binding's matchResources. */
    private static boolean isLimited(Map<String, Object> match) {
        return match != null
                && (!isNothing(match.get("namespaceSelector"))
                        || !isNothing(match.get("objectSelector"))
                        || !isNothing(match.get("excludeResourceRules")));
    }

    private static boolean isNothing(Object value) {
        return value == null
                || (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof Collection<?> list && list.isEmpty());
    }
}
