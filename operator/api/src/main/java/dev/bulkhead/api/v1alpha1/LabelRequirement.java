package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!(self.operator in ['In', 'NotIn']) || (has(self.values) && size(self.values) > 0)",
        messageExpression = "self.operator + ' compares with values: give at least one under values, or use Exists or"
                + " DoesNotExist'",
        reason = "FieldValueRequired",
        fieldPath = ".values")
@ValidationRule(
        value = "!(self.operator in ['Exists', 'DoesNotExist']) || !has(self.values) || size(self.values) == 0",
        messageExpression =
                "self.operator + ' asks only whether the label is there: leave values out, or use In or" + " NotIn'",
        fieldPath = ".values")
public record LabelRequirement(
        @Required
        @JsonPropertyDescription("The label's key.")
        @Size(max = 317)
        @ValidationRule(value = Formats.LABEL_KEY, message = Formats.LABEL_KEY_MESSAGE)
        String key,

        @Required @JsonPropertyDescription("In, NotIn, Exists or DoesNotExist.")
        LabelOperator operator,

        @JsonPropertyDescription("The values In and NotIn compare with.")
        @Size(max = 20)
        @ValidationRule(value = Formats.LABEL_VALUES, messageExpression = Formats.LABEL_VALUES_MESSAGE)
        List<@Size(max = 63) String> values) {

    public LabelRequirement {
        values = values == null ? List.of() : List.copyOf(values);
    }
}
