package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The ports that the containers of some pods declare. Containers may listen on ports that they do not declare, so of pods of
 * which some declare none nothing is known.
 *
 * @param anybody whether there is any such pod
 * @param all absent where that is not known, or there is no such pod
 */
record DeclaredPorts(boolean anybody, Optional<PortSet> all) {

    static final DeclaredPorts NOBODY = new DeclaredPorts(false, Optional.empty());

    private static final DeclaredPorts NOT_KNOWN = new DeclaredPorts(true, Optional.empty());

    static DeclaredPorts of(Iterable<PodClass> pods) {
        Set<ImmutableSet<ContainerPort>> sets = new HashSet<>();
        for (PodClass pod : pods) {
            if (pod.ports().isEmpty()) {
                return NOT_KNOWN;
            }
            sets.add(pod.ports());
        }
        if (sets.isEmpty()) {
            return NOBODY;
        }
        return new DeclaredPorts(
                true,
                Optional.of(PortSet.union(sets.stream()
                        .flatMap(Set::stream)
                        .map(port -> PortSet.port(port.protocol(), port.number()))
                        .distinct()
                        .toList())));
    }

    /** Of the pods of both. */
    DeclaredPorts and(DeclaredPorts other) {
        if (!anybody) {
            return other;
        }
        return other.anybody ? new DeclaredPorts(true, all.flatMap(mine -> other.all.map(mine::union))) : this;
    }
}
