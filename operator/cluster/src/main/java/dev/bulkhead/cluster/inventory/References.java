package dev.bulkhead.cluster.inventory;

import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.NamespaceIntents;
import dev.bulkhead.core.intent.Segment;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** For whom a change in one place makes a difference. */
record References(Referrals referrals, Enrolment enrolment, WellKnownPlaces places) {

    /** The namespaces for which it matters whether this intent is there. */
    Set<String> concernedBy(AccessIntent intent) {
        String own = intent.key().namespace();
        NamespaceIntents references = NamespaceIntents.of(List.of(intent));
        Set<String> concerned = new TreeSet<>(references.referredNamespaces());
        references.referredWellKnown().forEach(name -> concerned.addAll(places.namespaces(name)));
        concerned.add(own);
        Set<String> referrers = referrers(Set.of(own));
        for (String segment : references.referredSegments()) {
            boolean oneEndIsEnough = enrolment
                    .segment(own)
                    .filter(mine ->
                            mine.name().equals(segment) && mine.trustBoundary() == Segment.TrustBoundary.SEGMENT)
                    .isPresent();
            for (String member : enrolment.members(segment)) {
                if (oneEndIsEnough || referrers.contains(member)) {
                    concerned.add(member);
                }
            }
        }
        return concerned;
    }

    /** These namespaces and all whose intents speak of them or of these segments. */
    Set<String> withReferrers(Set<String> namespaces, Set<String> segments) {
        Set<String> all = referrers(namespaces);
        all.addAll(namespaces);
        Set<String> named = new TreeSet<>(segments);
        namespaces.forEach(namespace -> enrolment.segment(namespace).ifPresent(segment -> named.add(segment.name())));
        named.forEach(segment -> all.addAll(referrals.toSegment(segment)));
        return all;
    }

    /** Those whose intents speak of any of these, by its name or by that of a well-known peer. */
    private Set<String> referrers(Set<String> namespaces) {
        Set<String> referrers = new TreeSet<>();
        namespaces.forEach(namespace -> referrers.addAll(referrals.toNamespace(namespace)));
        for (WellKnown name : WellKnown.values()) {
            if (!Collections.disjoint(places.namespaces(name), namespaces)) {
                referrers.addAll(referrals.toWellKnown(name));
            }
        }
        return referrers;
    }
}
