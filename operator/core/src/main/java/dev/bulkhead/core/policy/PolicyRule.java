package dev.bulkhead.core.policy;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.world.Ports;
import java.util.Optional;

/**
 * An item of {@code ingress} or {@code egress}: any of the peers, on any of the ports.
 *
 * @param peers absent for anybody, addresses outside included; an empty list never occurs in a valid policy
 * @param ports all ports of all protocols where the policy names none
 */
public record PolicyRule(Optional<ImmutableList<PolicyPeer>> peers, Ports ports) {

    private static final PolicyRule EVERYTHING = new PolicyRule(Optional.empty(), Ports.all());

    /** {@code {}}: anybody, on every port. */
    public static PolicyRule everything() {
        return EVERYTHING;
    }
}
