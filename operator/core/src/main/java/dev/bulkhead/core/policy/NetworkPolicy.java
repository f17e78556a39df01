package dev.bulkhead.core.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;

/**
 * A NetworkPolicy after the API server's defaulting: {@code directions} is explicit, every port has its protocol.
 *
 * @param labels of the object itself
 * @param subject which pods of its own namespace it isolates
 * @param ingress without effect unless {@code directions} has INGRESS; likewise {@code egress}
 */
public record NetworkPolicy(
        Key key,
        ImmutableSortedMap<String, String> labels,
        ImmutableSortedMap<String, String> annotations,
        LabelSelector subject,
        ImmutableSet<Direction> directions,
        ImmutableList<PolicyRule> ingress,
        ImmutableList<PolicyRule> egress) {

    /** Namespace and name. */
    public record Key(String namespace, String name) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byNamespace = namespace.compareTo(other.namespace);
            return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
        }

        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }

    /** The rules that count in this direction; none where the policy does not govern it. */
    public ImmutableList<PolicyRule> rules(Direction direction) {
        if (!directions.contains(direction)) {
            return ImmutableList.of();
        }
        return direction == Direction.INGRESS ? ingress : egress;
    }

    /** The same object, allowing something else. */
    public NetworkPolicy withRules(
            LabelSelector otherSubject,
            ImmutableSet<Direction> otherDirections,
            ImmutableList<PolicyRule> otherIngress,
            ImmutableList<PolicyRule> otherEgress) {
        return new NetworkPolicy(key, labels, annotations, otherSubject, otherDirections, otherIngress, otherEgress);
    }

    /** Whether both allow the same; labels and annotations set aside. */
    public boolean allowsTheSameAs(NetworkPolicy other) {
        return key.equals(other.key)
                && subject.equals(other.subject)
                && directions.equals(other.directions)
                && ingress.equals(other.ingress)
                && egress.equals(other.egress);
    }
}
