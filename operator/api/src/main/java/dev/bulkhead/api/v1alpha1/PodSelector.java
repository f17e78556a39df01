package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A label selector that is never empty; both halves must hold. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value =
                "(has(self.matchLabels) && size(self.matchLabels) > 0) || (has(self.matchExpressions) && size(self.matchExpressions) > 0)",
        message = "an empty selector would mean every pod: give matchLabels or matchExpressions, or write all: true"
                + " in place of podSelector")
public record PodSelector(
        @JsonPropertyDescription("Labels a pod has, with these very values.")
        @Size(max = 20)
        @ValidationRule(value = Formats.LABEL_KEYS, messageExpression = Formats.LABEL_KEYS_MESSAGE)
        @ValidationRule(value = Formats.LABEL_VALUES_OF_MAP, messageExpression = Formats.LABEL_VALUES_OF_MAP_MESSAGE)
        Map<String, @Size(max = 63) String> matchLabels,

        @JsonPropertyDescription("Requirements on labels; all of them hold.") @Size(max = 20)
        List<LabelRequirement> matchExpressions) {

    public PodSelector {
        matchLabels = matchLabels == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(matchLabels));
        matchExpressions = matchExpressions == null ? List.of() : List.copyOf(matchExpressions);
    }
}
