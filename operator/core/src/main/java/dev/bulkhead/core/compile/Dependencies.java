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
 * Everything that the compilation of a namespace depended on. As long as no {@link WorldChange} touches it, the namespace
 * compiles to the same.
 *
 * @param on what was read
 * @param topics by which intents elsewhere can name the namespace
 */
public record Dependencies(ImmutableSet<Dependency> on, ImmutableSet<PeerName> topics) {

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
        GroupOf groupOf = new GroupOf(enrolment);
        Multiset<Group> groups = HashMultiset.create();
        recorded.forEach(dependency -> dependency.fold(groupOf).ifPresent(groups::add));
        ImmutableSet.Builder<Dependency> condensed = ImmutableSet.builder();
        for (Dependency dependency : recorded) {
            Optional<Group> group = dependency.fold(groupOf).filter(found -> groups.count(found) > LISTED);
            condensed.add(group.map(Group::dependency).orElse(dependency));
            // A namespace that leaves the segment takes what is recorded of it along.
            group.ifPresent(found -> condensed.add(new Dependency.Members(found.segment())));
        }
        return condensed.build();
    }

    /** Whether the namespace may compile to something else now. */
    public boolean areTouchedBy(WorldChange change) {
        return change.of().stream().anyMatch(what -> on.contains(what) && isAbout(what, change));
    }

    /** Whether that part of the change, which is among these, concerns intents that name the namespace. */
    public boolean isAbout(Dependency what, WorldChange change) {
        return !what.fold(new DependsOnTopics()) || change.topics().stream().anyMatch(topics::contains);
    }

    /** The namespaces whose intents had a say. */
    public ImmutableSortedSet<String> declarers(Enrolment enrolment) {
        Declarers declarers = new Declarers(enrolment);
        return on.stream()
                .flatMap(dependency -> dependency.fold(declarers))
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    /** @param dependency the same for every namespace of the segment */
    private record Group(Dependency dependency, String segment) {}

    /** Which group a dependency on one namespace belongs to, if its namespace is of a segment. */
    private record GroupOf(Enrolment enrolment) implements Dependency.Cases<Optional<Group>> {

        @Override
        public Optional<Group> place(Dependency.Place dependency) {
            return group(dependency.namespace(), Dependency.Members::new);
        }

        @Override
        public Optional<Group> contents(Dependency.Contents dependency) {
            return group(
                    dependency.namespace(), segment -> new Dependency.ContentsOfMembers(segment, dependency.kind()));
        }

        @Override
        public Optional<Group> contentsOfMembers(Dependency.ContentsOfMembers dependency) {
            return Optional.empty();
        }

        @Override
        public Optional<Group> members(Dependency.Members dependency) {
            return Optional.empty();
        }

        @Override
        public Optional<Group> intents(Dependency.Intents dependency) {
            return Optional.empty();
        }

        @Override
        public Optional<Group> said(Dependency.Said dependency) {
            return group(dependency.namespace(), Dependency.SaidByMembers::new);
        }

        @Override
        public Optional<Group> saidByMembers(Dependency.SaidByMembers dependency) {
            return Optional.empty();
        }

        @Override
        public Optional<Group> addresses(Dependency.Addresses dependency) {
            return Optional.empty();
        }

        @Override
        public Optional<Group> clusterWide(Dependency.ClusterWide dependency) {
            return Optional.empty();
        }

        private Optional<Group> group(String namespace, Function<String, Dependency> ofSegment) {
            return enrolment
                    .segment(namespace)
                    .map(segment -> new Group(ofSegment.apply(segment.name()), segment.name()));
        }
    }

    /** Whether only intents that name one of the topics matter. */
    private static final class DependsOnTopics implements Dependency.Cases<Boolean> {

        @Override
        public Boolean place(Dependency.Place dependency) {
            return false;
        }

        @Override
        public Boolean contents(Dependency.Contents dependency) {
            return false;
        }

        @Override
        public Boolean contentsOfMembers(Dependency.ContentsOfMembers dependency) {
            return false;
        }

        @Override
        public Boolean members(Dependency.Members dependency) {
            return false;
        }

        @Override
        public Boolean intents(Dependency.Intents dependency) {
            return false;
        }

        @Override
        public Boolean said(Dependency.Said dependency) {
            return true;
        }

        @Override
        public Boolean saidByMembers(Dependency.SaidByMembers dependency) {
            return true;
        }

        @Override
        public Boolean addresses(Dependency.Addresses dependency) {
            return false;
        }

        @Override
        public Boolean clusterWide(Dependency.ClusterWide dependency) {
            return false;
        }
    }

    /** The namespaces whose intents are meant. */
    private record Declarers(Enrolment enrolment) implements Dependency.Cases<Stream<String>> {

        @Override
        public Stream<String> place(Dependency.Place dependency) {
            return Stream.empty();
        }

        @Override
        public Stream<String> contents(Dependency.Contents dependency) {
            return Stream.empty();
        }

        @Override
        public Stream<String> contentsOfMembers(Dependency.ContentsOfMembers dependency) {
            return Stream.empty();
        }

        @Override
        public Stream<String> members(Dependency.Members dependency) {
            return Stream.empty();
        }

        @Override
        public Stream<String> intents(Dependency.Intents dependency) {
            return Stream.of(dependency.namespace());
        }

        @Override
        public Stream<String> said(Dependency.Said dependency) {
            return Stream.of(dependency.namespace());
        }

        @Override
        public Stream<String> saidByMembers(Dependency.SaidByMembers dependency) {
            return enrolment.members(dependency.segment()).stream();
        }

        @Override
        public Stream<String> addresses(Dependency.Addresses dependency) {
            return Stream.empty();
        }

        @Override
        public Stream<String> clusterWide(Dependency.ClusterWide dependency) {
            return Stream.empty();
        }
    }
}
