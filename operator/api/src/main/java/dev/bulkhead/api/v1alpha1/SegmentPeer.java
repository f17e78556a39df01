package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SegmentPeer(
        @Required
        @JsonPropertyDescription("The Segment's name.")
        @Size(max = 253)
        @ValidationRule(value = Formats.DNS_LABEL, message = Formats.DNS_LABEL_MESSAGE)
        String name) {}
