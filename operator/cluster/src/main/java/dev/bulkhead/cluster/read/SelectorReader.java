package dev.bulkhead.cluster.read;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Requirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Objects;

/** Label selectors of Kubernetes. */
final class SelectorReader {

    private SelectorReader() {}

    /** @param field where the selector stands, for the message */
    static LabelSelector read(io.fabric8.kubernetes.api.model.LabelSelector selector, String field) {
        LabelSelector read = selector.getMatchLabels() == null
                ? LabelSelector.everything()
                : LabelSelector.labels(selector.getMatchLabels());
        List<LabelSelectorRequirement> expressions =
                Objects.requireNonNullElse(selector.getMatchExpressions(), ImmutableList.of());
        for (int i = 0; i < expressions.size(); i++) {
            LabelSelectorRequirement expression = expressions.get(i);
            read = read.and(expression.getKey(), requirement(expression, field + ".matchExpressions[" + i + "]"));
        }
        return read;
    }

    private static Requirement requirement(LabelSelectorRequirement expression, String field) {
        List<String> values = Objects.requireNonNullElse(expression.getValues(), ImmutableList.of());
        String operator = Objects.requireNonNullElse(expression.getOperator(), "");
        boolean comparing = operator.equals("In") || operator.equals("NotIn");
        if (comparing == values.isEmpty()) {
            throw new UnreadableObjectException(
                    field + ".values", comparing ? operator + " needs values" : operator + " takes no values");
        }
        return switch (operator) {
            case "In" -> Requirement.in(values);
            case "NotIn" -> Requirement.notIn(values);
            case "Exists" -> Requirement.exists();
            case "DoesNotExist" -> Requirement.doesNotExist();
            default ->
                throw new UnreadableObjectException(
                        field + ".operator", "'" + operator + "' is none of In, NotIn, Exists and DoesNotExist");
        };
    }
}
