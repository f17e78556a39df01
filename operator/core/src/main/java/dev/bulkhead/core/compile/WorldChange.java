package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.NamespaceIntents;
import dev.bulkhead.core.world.IpBlock;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What became different from one moment to the next, in the terms of {@link Dependency}.
 *
 * @param of what it is
 * @param topics what the intents name, or named, that came, went or moved
 */
public record WorldChange(ImmutableSet<Dependency> of, ImmutableSet<PeerName> topics) {

    private static final WorldChange NOTHING = new WorldChange(ImmutableSet.of(), ImmutableSet.of());

    public static WorldChange nothing() {
        return NOTHING;
    }

    public static WorldChange of(Dependency.ClusterWide what) {
        return new WorldChange(ImmutableSet.of(what), ImmutableSet.of());
    }

    /** Something in the namespace, which stays where it is. */
    public static WorldChange contents(String namespace, Dependency.Kind kind, Enrolment enrolment) {
        ImmutableSet.Builder<Dependency> of = ImmutableSet.builder();
        of.add(new Dependency.Contents(namespace, kind));
        enrolment
                .segment(namespace)
                .ifPresent(segment -> of.add(new Dependency.ContentsOfMembers(segment.name(), kind)));
        return new WorldChange(of.build(), ImmutableSet.of());
    }

    /**
     * An intent of the namespace.
     *
     * @param states in which it was and is; none where it has no meaning
     */
    public static WorldChange intent(String namespace, Collection<DeclaredIntent> states, Enrolment enrolment) {
        ImmutableSet.Builder<Dependency> of = ImmutableSet.builder();
        of.add(new Dependency.Intents(namespace), new Dependency.Said(namespace));
        enrolment.segment(namespace).ifPresent(segment -> of.add(new Dependency.SaidByMembers(segment.name())));
        ImmutableSet.Builder<PeerName> topics = ImmutableSet.builder();
        states.forEach(state -> topics.addAll(PeerName.of(NamespaceIntents.of(ImmutableSet.of(state)))));
        return new WorldChange(of.build(), topics.build());
    }

    /** A namespace that guardrails speak of came to have an address in each of these blocks, or ceased to. */
    public static WorldChange addresses(Collection<IpBlock> blocks) {
        return new WorldChange(
                blocks.stream().map(Dependency.Addresses::new).collect(ImmutableSet.toImmutableSet()),
                ImmutableSet.of());
    }

    /** The namespace came to be, or ceased to. */
    public static WorldChange existence(String namespace) {
        ImmutableSet.Builder<Dependency> of = ImmutableSet.builder();
        of.add(new Dependency.Place(namespace));
        for (Dependency.Kind kind : Dependency.Kind.values()) {
            of.add(new Dependency.Contents(namespace, kind));
        }
        return new WorldChange(of.build(), ImmutableSet.of());
    }

    /**
     * The place of these namespaces, if only since their segment says something else.
     *
     * @param intents of a namespace
     */
    public static WorldChange places(
            Collection<String> namespaces,
            Enrolment before,
            Enrolment after,
            Function<String, NamespaceIntents> intents) {
        ImmutableSet.Builder<Dependency> of = ImmutableSet.builder();
        ImmutableSet.Builder<PeerName> topics = ImmutableSet.builder();
        for (String namespace : namespaces) {
            of.add(new Dependency.Place(namespace));
            topics.addAll(PeerName.of(intents.apply(namespace)));
            Stream.of(before, after)
                    .flatMap(enrolment -> enrolment.segment(namespace).stream())
                    .map(DeclaredSegment::name)
                    .forEach(segment -> of.add(new Dependency.Members(segment), new Dependency.SaidByMembers(segment)));
        }
        return new WorldChange(of.build(), topics.build());
    }

    public WorldChange and(WorldChange other) {
        return new WorldChange(
                ImmutableSet.<Dependency>builder().addAll(of).addAll(other.of).build(),
                ImmutableSet.<PeerName>builder()
                        .addAll(topics)
                        .addAll(other.topics)
                        .build());
    }
}
