package dev.bulkhead.cluster.inventory;

import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.NamespaceIntents;
import dev.bulkhead.core.intent.Segment;
import dev.bulkhead.core.intent.WellKnownPlaces;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who speaks of whom, and hence for whom a change in one place makes a difference. */
record References(Map<String, NamespaceIntents> intents, Enrolment enrolment, WellKnownPlaces places) {

    /** The namespaces for which it matters whether this intent is there. */
    Set<String> concernedBy(AccessIntent intent) {
        String own = intent.key().namespace();
        NamespaceIntents references = NamespaceIntents.of(List.of(intent));
        Set<String> concerned = new TreeSet<>(references.referredNamespaces());
        references.referredWellKnown().forEach(name -> concerned.addAll(places.namespaces(name)));
        concerned.add(own);
        for (String segment : references.referredSegments()) {
            boolean oneEndIsEnough = enrolment
                    .segment(own)
                    .filter(mine ->
                            mine.name().equals(segment) && mine.trustBoundary() == Segment.TrustBoundary.SEGMENT)
                    .isPresent();
            for (String member : enrolment.members(segment)) {
                if (oneEndIsEnough || refers(member, own)) {
                    concerned.add(member);
                }
            }
        }
        return concerned;
    }

    /** These namespaces and all whose intents speak of them or of these segments. */
    Set<String> withReferrers(Set<String> namespaces, Set<String> segments) {
        Set<String> all = new TreeSet<>(namespaces);
        Set<String> named = new TreeSet<>(segments);
        namespaces.forEach(namespace -> enrolment.segment(namespace).ifPresent(segment -> named.add(segment.name())));
        intents.forEach((namespace, theirs) -> {
            if (meet(theirs.referredNamespaces(), namespaces)
                    || meet(theirs.referredSegments(), named)
                    || theirs.referredWellKnown().stream()
                            .anyMatch(name -> meet(places.namespaces(name), namespaces))) {
                all.add(namespace);
            }
        });
        return all;
    }

    private boolean refers(String namespace, String other) {
        NamespaceIntents theirs = intents.get(namespace);
        return theirs != null && theirs.referTo(other, places);
    }

    private static boolean meet(Set<String> some, Set<String> others) {
        return some.size() < others.size()
                ? some.stream().anyMatch(others::contains)
                : others.stream().anyMatch(some::contains);
    }
}
