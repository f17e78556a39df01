package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of one rule of an intent. */
public enum RuleState {
    @JsonProperty("Open")
    OPEN,
    @JsonProperty("AwaitingPeer")
    AWAITING_PEER,
    @JsonProperty("Unresolved")
    UNRESOLVED,
    @JsonProperty("Forbidden")
    FORBIDDEN,
    @JsonProperty("Unenforceable")
    UNENFORCEABLE,
    @JsonProperty("Observed")
    OBSERVED
}
