package dev.bulkhead.core.compile;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Multiset;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Everything that the compilation of a namespace depended on. As long as no {@link Change} touches it, the namespace
 * compiles to the same.
 *
 * @param on what was read
 * @param topics by which intents elsewhere can name the namespace
 */
public record Dependencies(ImmutableSet<Dependency> on, ImmutableSet<Topic> topics) {

    private static final Dependencies NONE = new Dependencies(ImmutableSet.of(), ImmutableSet.of());

    /** So many namespaces of one segment are listed; more are recorded as the segment. */
    private static final int LISTED = 64;

    public static Dependencies none() {
        return NONE;
    }

    /**
     * The same in fewer words, so that a rule for a large segment takes no more room than one for a small one.
     *
     * @param enrolment that of the moment when they were recorded
     */
    static ImmutableSet<Dependency> condensed(Set<Dependency> recorded, Enrolment enrolment) {
        if (recorded.size() <= LISTED) {
            return ImmutableSet.copyOf(recorded);
        }
        Multiset<Dependency> groups = HashMultiset.create();
        recorded.forEach(dependency -> group(dependency, enrolment).ifPresent(groups::add));
        ImmutableSet.Builder<Dependency> condensed = ImmutableSet.builder();
        for (Dependency dependency : recorded) {
            Optional<Dependency> group = group(dependency, enrolment).filter(found -> groups.count(found) > LISTED);
            condensed.add(group.orElse(dependency));
            // A namespace that leaves the segment takes what is recorded of it along.
            group.map(Dependencies::segment).ifPresent(segment -> condensed.add(new Dependency.Members(segment)));
        }
        return condensed.build();
    }

    private static Optional<Dependency> group(Dependency dependency, Enrolment enrolment) {
        if (dependency instanceof Dependency.Place place) {
            return group(place.namespace(), enrolment, Dependency.Members::new);
        } else if (dependency instanceof Dependency.Contents contents) {
            return group(
                    contents.namespace(),
                    enrolment,
                    segment -> new Dependency.ContentsOfMembers(segment, contents.kind()));
        } else if (dependency instanceof Dependency.Said said) {
            return group(said.namespace(), enrolment, Dependency.SaidByMembers::new);
        }
        return Optional.empty();
    }

    private static Optional<Dependency> group(
            String namespace, Enrolment enrolment, Function<String, Dependency> ofSegment) {
        return enrolment.segment(namespace).map(segment -> ofSegment.apply(segment.name()));
    }

    private static String segment(Dependency group) {
        if (group instanceof Dependency.ContentsOfMembers contents) {
            return contents.segment();
        } else if (group instanceof Dependency.SaidByMembers said) {
            return said.segment();
        }
        return ((Dependency.Members) group).segment();
    }

    /** Whether the namespace may compile to something else now. */
    public boolean areTouchedBy(Change change) {
        return change.of().stream().anyMatch(what -> on.contains(what) && isAbout(what, change));
    }

    /** Whether that part of the change, which is among these, concerns intents that name the namespace. */
    public boolean isAbout(Dependency what, Change change) {
        boolean ofIntents = what instanceof Dependency.Said || what instanceof Dependency.SaidByMembers;
        return !ofIntents || change.topics().stream().anyMatch(topics::contains);
    }

    /** The namespaces whose intents had a say. */
    public ImmutableSortedSet<String> declarers(Enrolment enrolment) {
        return on.stream()
                .flatMap(dependency -> declarers(dependency, enrolment))
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    private static Stream<String> declarers(Dependency dependency, Enrolment enrolment) {
        if (dependency instanceof Dependency.Intents intents) {
            return Stream.of(intents.namespace());
        } else if (dependency instanceof Dependency.Said said) {
            return Stream.of(said.namespace());
        } else if (dependency instanceof Dependency.SaidByMembers said) {
            return enrolment.members(said.segment()).stream();
        }
        return Stream.empty();
    }
}
