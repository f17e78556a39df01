package dev.bulkhead.core.compile;

import dev.bulkhead.core.world.PodClass;
import java.util.Collection;
import java.util.List;

/**
 * What whoever reads the states of rules may see beyond the namespace that declares them. It changes what is said, and
 * nothing that is written.
 */
public interface Visibility {

    /** That of a team, which is told of its own namespace alone. */
    Visibility OF_A_TEAM = new Visibility() {
        @Override
        public boolean sees(String namespace) {
            return false;
        }

        @Override
        public Collection<PodClass> runs(String namespace) {
            return List.of();
        }
    };

    /** Whether what is in the namespace may be told. */
    boolean sees(String namespace);

    /** What is known to run there in addition to the pods and workloads of the world, such as the pods of a CronJob. */
    Collection<PodClass> runs(String namespace);
}
