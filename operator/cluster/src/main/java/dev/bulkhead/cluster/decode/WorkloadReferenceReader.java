package dev.bulkhead.cluster.decode;

import dev.bulkhead.api.v1alpha1.LabelRequirement;
import dev.bulkhead.api.v1alpha1.PodSelector;
import dev.bulkhead.api.v1alpha1.WorkloadKind;
import dev.bulkhead.api.v1alpha1.WorkloadOwner;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Requirement;
import dev.bulkhead.core.world.Workload;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The ways a declaration names pods. */
final class WorkloadReferenceReader {

    private WorkloadReferenceReader() {}

    static WorkloadSelector read(dev.bulkhead.api.v1alpha1.WorkloadReference reference, String field) {
        long given = Stream.of(reference.serviceAccount(), reference.owner(), reference.podSelector(), reference.all())
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw new InvalidDeclarationException(
                    field, "name the pods by exactly one of serviceAccount, owner, podSelector or all: true");
        }
        if (reference.serviceAccount() != null) {
            return new WorkloadSelector.ServiceAccount(
                    Names.serviceAccount(reference.serviceAccount(), field + ".serviceAccount"));
        }
        if (reference.owner() != null) {
            return owner(reference.owner(), field + ".owner");
        }
        if (reference.podSelector() != null) {
            return new WorkloadSelector.Labels(selector(reference.podSelector(), field + ".podSelector"));
        }
        if (!reference.all()) {
            throw new InvalidDeclarationException(
                    field + ".all",
                    "all can only be true: leave it out and write serviceAccount, owner or podSelector");
        }
        return new WorkloadSelector.All();
    }

    private static WorkloadSelector owner(WorkloadOwner owner, String field) {
        if (owner.kind() == null) {
            throw new InvalidDeclarationException(field + ".kind", "write Deployment, StatefulSet or DaemonSet");
        }
        return new WorkloadSelector.Owner(
                new Workload.Key(kind(owner.kind()), Names.subdomain(owner.name(), field + ".name")));
    }

    private static String kind(WorkloadKind kind) {
        return switch (kind) {
            case DEPLOYMENT -> "Deployment";
            case STATEFUL_SET -> "StatefulSet";
            case DAEMON_SET -> "DaemonSet";
        };
    }

    private static LabelSelector selector(PodSelector selector, String field) {
        if (selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty()) {
            throw new InvalidDeclarationException(
                    field,
                    "an empty selector would mean every pod: give matchLabels or matchExpressions, or write all: true"
                            + " in place of podSelector");
        }
        LabelSelector read = LabelSelector.everything();
        for (Map.Entry<String, String> label : selector.matchLabels().entrySet()) {
            String key = Names.labelKey(label.getKey(), field + ".matchLabels");
            read = read.and(
                    LabelSelector.label(key, Names.labelValue(label.getValue(), field + ".matchLabels." + key)));
        }
        List<LabelRequirement> expressions = selector.matchExpressions();
        for (int i = 0; i < expressions.size(); i++) {
            String place = field + ".matchExpressions[" + i + "]";
            String key = Names.labelKey(expressions.get(i).key(), place + ".key");
            read = read.and(key, requirement(expressions.get(i), place));
        }
        return read;
    }

    private static Requirement requirement(LabelRequirement requirement, String field) {
        if (requirement.operator() == null) {
            throw new InvalidDeclarationException(field + ".operator", "write In, NotIn, Exists or DoesNotExist");
        }
        List<String> values = requirement.values();
        return switch (requirement.operator()) {
            case IN -> Requirement.in(given(values, field + ".values"));
            case NOT_IN -> Requirement.notIn(given(values, field + ".values"));
            case EXISTS -> {
                leaveOut(values, field + ".values");
                yield Requirement.exists();
            }
            case DOES_NOT_EXIST -> {
                leaveOut(values, field + ".values");
                yield Requirement.doesNotExist();
            }
        };
    }

    private static List<String> given(List<String> values, String field) {
        if (values.isEmpty()) {
            throw new InvalidDeclarationException(
                    field, "In and NotIn compare with values: give at least one, or use Exists or DoesNotExist");
        }
        values.forEach(value -> Names.labelValue(value, field));
        return values;
    }

    private static void leaveOut(List<String> values, String field) {
        if (!values.isEmpty()) {
            throw new InvalidDeclarationException(
                    field,
                    "Exists and DoesNotExist ask only whether the label is there: leave values out, or use In or NotIn");
        }
    }
}
