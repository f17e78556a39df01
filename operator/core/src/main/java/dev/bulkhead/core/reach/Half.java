package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import java.util.Comparator;
import java.util.OptionalInt;

/** What the policies that select one end allow it in one direction. Ask it about many others: finding the policies is the dear part. */
public final class Half {

    private final Direction direction;
    private final Endpoint self;
    private final ImmutableList<NetworkPolicy> isolating;
    private final PeerMatch match;

    /** @param isolating the policies that select {@code self} in {@code direction}, by key */
    Half(Direction direction, Endpoint self, ImmutableList<NetworkPolicy> isolating, PeerMatch match) {
        this.direction = direction;
        this.self = self;
        this.isolating = isolating;
        this.match = match;
    }

    public boolean isIsolated() {
        return !isolating.isEmpty();
    }

    /** The policies that select this end in this direction. */
    public ImmutableSortedSet<NetworkPolicy.Key> isolatedBy() {
        return isolating.stream()
                .map(NetworkPolicy::key)
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }

    /** The destination's ports on which this half lets connections with the other end pass. */
    public PortSet ports(Endpoint other) {
        if (!isIsolated()) {
            return PortSet.all();
        }
        PortSet ports = PortSet.none();
        for (NetworkPolicy policy : isolating) {
            for (PolicyRule rule : policy.rules(direction)) {
                if (match.matches(rule, policy.key().namespace(), other)) {
                    ports = ports.union(ports(rule, other));
                }
            }
        }
        return ports;
    }

    /** @param port of the destination */
    public Decision decide(Endpoint other, Protocol protocol, int port) {
        if (!isIsolated()) {
            return new Decision.NotIsolated();
        }
        ImmutableList.Builder<Decision.NearMiss> nearMisses = ImmutableList.builder();
        for (NetworkPolicy policy : isolating) {
            ImmutableList<PolicyRule> rules = policy.rules(direction);
            for (int i = 0; i < rules.size(); i++) {
                PolicyRule rule = rules.get(i);
                OptionalInt peer = match.peer(rule, policy.key().namespace(), other);
                if (rule.peers().isPresent() && peer.isEmpty()) {
                    continue;
                }
                if (ports(rule, other).contains(protocol, port)) {
                    return new Decision.AllowedBy(policy.key(), i, peer);
                }
                nearMisses.add(new Decision.NearMiss(policy.key(), i, rule.ports()));
            }
        }
        return new Decision.DeniedBy(isolatedBy(), nearMisses.build());
    }

    /** The policies that select this end in this direction, by key. */
    ImmutableList<NetworkPolicy> isolating() {
        return isolating;
    }

    /** Names mean what the destination's containers say, and nothing where no container is known. */
    private PortSet ports(PolicyRule rule, Endpoint other) {
        Endpoint destination = direction == Direction.EGRESS ? other : self;
        return destination.fold(
                pods -> match.reading().recognizes(pods)
                        ? rule.ports().on(pods.pods().ports())
                        : rule.ports().numbers(),
                outside -> rule.ports().numbers());
    }
}
