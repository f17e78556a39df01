package dev.bulkhead.core.plan;

import dev.bulkhead.core.world.LabelSelector;
import java.util.Optional;
import java.util.function.Function;

/**
 * For which pods of a namespace a direction stands open on the way.
 *
 * @param coming by namespace, while the direction comes to be enforced and the allowances are being written; absent for none
 * @param going by namespace, while the direction is released and the allowances are being deleted; absent for none
 */
record Bridge(Function<String, Optional<LabelSelector>> coming, Function<String, Optional<LabelSelector>> going) {

    /** The same in both cases and for every namespace. */
    static Bridge of(Optional<LabelSelector> subject) {
        return new Bridge(namespace -> subject, namespace -> subject);
    }
}
