package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What became of an object. */
sealed interface Decoded {

    <T> T fold(
            Function<? super Valid, ? extends T> valid,
            Function<? super Invalid, ? extends T> invalid,
            Function<? super PassedOver, ? extends T> passedOver);

    void visit(
            Consumer<? super Valid> valid, Consumer<? super Invalid> invalid, Consumer<? super PassedOver> passedOver);

    /** Why it is left out; none where it is not, or where that was said before. */
    default ImmutableList<Flaw> flaws() {
        return ImmutableList.of();
    }

    /** It is what it should be. */
    record Valid(HasMetadata object) implements Decoded {
        @Override
        public <T> T fold(
                Function<? super Valid, ? extends T> valid,
                Function<? super Invalid, ? extends T> invalid,
                Function<? super PassedOver, ? extends T> passedOver) {
            return valid.apply(this);
        }

        @Override
        public void visit(
                Consumer<? super Valid> valid,
                Consumer<? super Invalid> invalid,
                Consumer<? super PassedOver> passedOver) {
            valid.accept(this);
        }
    }

    /** It is left out. */
    record Invalid(ImmutableList<Flaw> flaws) implements Decoded {
        @Override
        public <T> T fold(
                Function<? super Valid, ? extends T> valid,
                Function<? super Invalid, ? extends T> invalid,
                Function<? super PassedOver, ? extends T> passedOver) {
            return invalid.apply(this);
        }

        @Override
        public void visit(
                Consumer<? super Valid> valid,
                Consumer<? super Invalid> invalid,
                Consumer<? super PassedOver> passedOver) {
            invalid.accept(this);
        }
    }

    /**
     * It says nothing about connections.
     *
     * @param kind with its API group
     */
    record PassedOver(String kind) implements Decoded {
        @Override
        public <T> T fold(
                Function<? super Valid, ? extends T> valid,
                Function<? super Invalid, ? extends T> invalid,
                Function<? super PassedOver, ? extends T> passedOver) {
            return passedOver.apply(this);
        }

        @Override
        public void visit(
                Consumer<? super Valid> valid,
                Consumer<? super Invalid> invalid,
                Consumer<? super PassedOver> passedOver) {
            passedOver.accept(this);
        }
    }

    /** With flaws that were found before; whatever it is, it is left out. */
    default Decoded with(List<Flaw> flaws) {
        return new Invalid(
                ImmutableList.<Flaw>builder().addAll(flaws).addAll(flaws()).build());
    }
}
