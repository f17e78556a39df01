package dev.bulkhead.core.intent;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Ports;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Limits that no intent can pass. Guardrails cannot contradict each other: what any of them denies is denied, what any
 * of them demands is demanded.
 */
public record DeclaredGuardrail(
        String name, String description, ImmutableList<Connections> denials, ImmutableList<Demand> demands) {

    /** All connections that it speaks of, whether it denies them or demands something for them. */
    public Stream<Connections> limits() {
        return Stream.concat(denials.stream(), demands.stream().map(Demand::of));
    }

    /**
     * The connections that a limit speaks of.
     *
     * @param from where they begin; likewise {@code to} where they end
     * @param ports numbers alone, none for all; a name may have any number
     */
    public record Connections(Ends from, Ends to, Ports ports) {}

    /**
     * Any of these; with nothing named, whatever there is.
     *
     * @param namespaces names, and globs on names
     * @param networks addresses outside the cluster
     */
    public record Ends(
            ImmutableSet<String> segments,
            ImmutableList<String> namespaces,
            ImmutableList<Cidr> networks,
            ImmutableSet<WellKnown> wellKnown) {

        private static final Ends ANYTHING =
                new Ends(ImmutableSet.of(), ImmutableList.of(), ImmutableList.of(), ImmutableSet.of());

        public static Ends anything() {
            return ANYTHING;
        }

        public boolean isAnything() {
            return equals(ANYTHING);
        }
    }

    /**
     * What a rule that asks for any of the connections has to satisfy.
     *
     * @param reason whether it has to give one
     * @param verified whether both workloads have to be named in a way that the API server vouches for
     * @param addresses how many of them it may name at most
     * @param namespaces how many of them it may name at most
     */
    public record Demand(
            Connections of, boolean reason, boolean verified, OptionalLong addresses, OptionalInt namespaces) {}
}
