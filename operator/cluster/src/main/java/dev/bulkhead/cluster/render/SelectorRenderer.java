package dev.bulkhead.cluster.render;

import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Requirement;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Label selectors in one form: a label where one value is asked for, else expressions, both sorted by key. */
final class SelectorRenderer {

    private SelectorRenderer() {}

    static io.fabric8.kubernetes.api.model.LabelSelector render(LabelSelector selector) {
        Map<String, String> labels = new LinkedHashMap<>();
        List<LabelSelectorRequirement> expressions = new ArrayList<>();
        selector.requirements().forEach((key, requirement) -> {
            if (isLabel(requirement)) {
                labels.put(key, requirement.values().first());
            } else {
                expressions.addAll(expressions(key, requirement));
            }
        });
        LabelSelectorBuilder builder = new LabelSelectorBuilder();
        if (!labels.isEmpty()) {
            builder.withMatchLabels(labels);
        }
        if (!expressions.isEmpty()) {
            builder.withMatchExpressions(expressions);
        }
        return builder.build();
    }

    private static boolean isLabel(Requirement requirement) {
        return !requirement.absent()
                && !requirement.complement()
                && requirement.values().size() == 1;
    }

    /** What Kubernetes has four operators for; a label that must be there and not be something takes two of them. */
    private static List<LabelSelectorRequirement> expressions(String key, Requirement requirement) {
        List<String> values = requirement.values().asList();
        if (!requirement.complement()) {
            if (values.isEmpty()) {
                return requirement.absent()
                        ? List.of(expression(key, "DoesNotExist", values))
                        : List.of(expression(key, "DoesNotExist", values), expression(key, "Exists", values));
            }
            if (requirement.absent()) {
                throw new IllegalArgumentException(
                        "no selector says of " + key + " that it is absent or one of " + values);
            }
            return List.of(expression(key, "In", values));
        }
        List<LabelSelectorRequirement> expressions = new ArrayList<>();
        if (!requirement.absent()) {
            expressions.add(expression(key, "Exists", List.of()));
        }
        if (!values.isEmpty()) {
            expressions.add(expression(key, "NotIn", values));
        }
        return expressions;
    }

    private static LabelSelectorRequirement expression(String key, String operator, List<String> values) {
        return new LabelSelectorRequirement(key, operator, values.isEmpty() ? null : values);
    }
}
