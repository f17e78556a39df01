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
        return switch (operator) {
            case "In" -> Requirement.in(given(values, operator, field));
            case "NotIn" -> Requirement.notIn(given(values, operator, field));
            case "Exists" -> {
                demandNone(values, operator, field);
                yield Requirement.exists();
            }
            case "DoesNotExist" -> {
                demandNone(values, operator, field);
                yield Requirement.doesNotExist();
            }
            default ->
                throw new UnreadableObjectException(
                        field + ".operator", "'" + operator + "' is none of In, NotIn, Exists and DoesNotExist");
        };
    }

    private static List<String> given(List<String> values, String operator, String field) {
        if (values.isEmpty()) {
            throw new UnreadableObjectException(field + ".values", operator + " needs values");
        }
        return values;
    }

    private static void demandNone(List<String> values, String operator, String field) {
        if (!values.isEmpty()) {
            throw new UnreadableObjectException(field + ".values", operator + " takes no values");
        }
    }
}
