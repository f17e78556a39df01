package dev.bulkhead.cluster.inventory;

import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.NamespaceIntents;
import dev.bulkhead.core.intent.Segment;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** For whom a change in one place makes a difference. */
record References(Referrals referrals, Enrolment enrolment) {

    /** The namespaces for which it matters whether this intent is there. */
    Set<String> concernedBy(AccessIntent intent) {
        String own = intent.key().namespace();
        NamespaceIntents references = NamespaceIntents.of(List.of(intent));
        Set<String> concerned = new TreeSet<>(references.referredNamespaces());
        concerned.add(own);
        for (String segment : references.referredSegments()) {
            boolean oneEndIsEnough = enrolment
                    .segment(own)
                    .filter(mine ->
                            mine.name().equals(segment) && mine.trustBoundary() == Segment.TrustBoundary.SEGMENT)
                    .isPresent();
            for (String member : enrolment.members(segment)) {
                if (oneEndIsEnough || referrals.toNamespace(own).contains(member)) {
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
        for (String namespace : namespaces) {
            enrolment.segment(namespace).ifPresent(segment -> named.add(segment.name()));
            all.addAll(referrals.toNamespace(namespace));
        }
        named.forEach(segment -> all.addAll(referrals.toSegment(segment)));
        return all;
    }
}
