package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.world.World;
import java.util.Optional;

/** Strings the steps together. */
public final class Compiler {

    /** What this namespace should hold. */
    public Compilation compile(World world, Declarations declarations, Enrolment enrolment, String namespace) {
        return new Compilation(namespace, Optional.empty(), ImmutableSortedMap.of(), ImmutableSortedMap.of());
    }
}
