package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Requirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Label selectors of Kubernetes. */
final class SelectorReader {

    private SelectorReader() {}

    /**
     * @param field where the selector stands, for the message
     * @throws UnreadableObjectException if the API server would refuse it
     */
    static LabelSelector read(io.fabric8.kubernetes.api.model.LabelSelector selector, String field) {
        Problems problems = new Problems();
        LabelSelector read = LabelSelector.everything();
        Map<String, String> labels = Objects.requireNonNullElse(selector.getMatchLabels(), ImmutableMap.of());
        for (Map.Entry<String, String> label : labels.entrySet()) {
            String place = field + ".matchLabels";
            key(label.getKey(), place, problems);
            value(label.getValue(), place + "." + label.getKey(), problems);
            read = read.and(LabelSelector.label(label.getKey(), label.getValue()));
        }
        List<LabelSelectorRequirement> expressions =
                Objects.requireNonNullElse(selector.getMatchExpressions(), ImmutableList.of());
        for (int i = 0; i < expressions.size(); i++) {
            LabelSelectorRequirement expression = expressions.get(i);
            String place = field + ".matchExpressions[" + i + "]";
            key(expression.getKey(), place + ".key", problems);
            LabelSelector others = read;
            read = problems.collect(() -> requirement(expression, place))
                    .filter(requirement -> expression.getKey() != null)
                    .map(requirement -> others.and(expression.getKey(), requirement))
                    .orElse(others);
        }
        problems.raise();
        return read;
    }

    private static Requirement requirement(LabelSelectorRequirement expression, String field) {
        List<String> values = Objects.requireNonNullElse(expression.getValues(), ImmutableList.of());
        String operator = Objects.requireNonNullElse(expression.getOperator(), "");
        return switch (operator) {
            case "In" -> Requirement.in(given(values, field + ".values"));
            case "NotIn" -> Requirement.notIn(given(values, field + ".values"));
            case "Exists" -> {
                demandNone(values, field + ".values");
                yield Requirement.exists();
            }
            case "DoesNotExist" -> {
                demandNone(values, field + ".values");
                yield Requirement.doesNotExist();
            }
            default ->
                throw new UnreadableObjectException(
                        field + ".operator",
                        "not a valid selector operator: '" + operator + "'; write In, NotIn, Exists or DoesNotExist");
        };
    }

    private static List<String> given(List<String> values, String field) {
        if (values.isEmpty()) {
            throw new UnreadableObjectException(
                    field,
                    "must be specified when `operator` is 'In' or 'NotIn'; give at least one, or write Exists or"
                            + " DoesNotExist");
        }
        Problems problems = new Problems();
        for (int i = 0; i < values.size(); i++) {
            value(values.get(i), field + "[" + i + "]", problems);
        }
        problems.raise();
        return values;
    }

    private static void demandNone(List<String> values, String field) {
        if (!values.isEmpty()) {
            throw new UnreadableObjectException(
                    field,
                    "may not be specified when `operator` is 'Exists' or 'DoesNotExist'; leave them out, or write In or"
                            + " NotIn");
        }
    }

    private static void key(String key, String field, Problems problems) {
        if (!Names.isLabelKey(key)) {
            problems.add(
                    field,
                    "'" + Objects.requireNonNullElse(key, "")
                            + "' is no label key: write a name of at most 63 alphanumeric characters, '-', '_' or '.',"
                            + " which must start and end with an alphanumeric character, if need be after a DNS name"
                            + " and '/'");
        }
    }

    private static void value(String value, String field, Problems problems) {
        if (!Names.isLabelValue(value)) {
            problems.add(
                    field,
                    "'" + Objects.requireNonNullElse(value, "")
                            + "': a valid label must be an empty string or consist of alphanumeric characters, '-', '_'"
                            + " or '.', and must start and end with an alphanumeric character; at most 63 of them");
        }
    }
}
