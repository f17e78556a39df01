package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** What became of an object. */
sealed interface Decoded {

    /** It is what it should be. */
    record Valid(HasMetadata object) implements Decoded {}

    /** It is left out. */
    record Invalid(ImmutableList<Flaw> flaws) implements Decoded {}

    /**
     * It says nothing about connections.
     *
     * @param kind with its API group
     */
    record PassedOver(String kind) implements Decoded {}

    /** With flaws that were found before; whatever it is, it is left out. */
    default Decoded with(List<Flaw> flaws) {
        ImmutableList.Builder<Flaw> all = ImmutableList.<Flaw>builder().addAll(flaws);
        if (this instanceof Invalid invalid) {
            all.addAll(invalid.flaws());
        }
        return new Invalid(all.build());
    }
}
