package dev.bulkhead.cluster.status;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Direction;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line for each namespace that comes into a segment, leaves it, or is claimed twice, and for each whose enforcement
 * changes. What a replica finds when it starts to write is no news, but for claims that nothing settles.
 */
final class EnrolmentLog {

    private static final Logger LOG = LoggerFactory.getLogger(EnrolmentLog.class);

    private Enrolment before = new Enrolment(ImmutableSortedMap.of(), ImmutableSortedMap.of());

    /** What there is when this replica starts to write. */
    synchronized void begin(Enrolment enrolment) {
        enrolment.conflicts().forEach((namespace, claims) -> claimed(namespace, claims.segments()));
        before = enrolment;
    }

    synchronized void now(Enrolment enrolment) {
        Set<String> namespaces = new TreeSet<>(before.segments().keySet());
        namespaces.addAll(enrolment.segments().keySet());
        namespaces.addAll(enrolment.conflicts().keySet());
        namespaces.forEach(namespace -> compare(namespace, enrolment));
        before = enrolment;
    }

    private void compare(String namespace, Enrolment enrolment) {
        Optional<ImmutableSortedSet<String>> claims = claims(enrolment, namespace);
        DeclaredSegment segment = enrolment.segments().get(namespace);
        DeclaredSegment previous = before.segments().get(namespace);
        if (claims.isPresent()) {
            if (!claims.equals(claims(before, namespace))) {
                claimed(namespace, claims.get());
            }
        } else if (segment == null) {
            line(Level.INFO, namespace)
                    .addKeyValue(LogKey.SEGMENT, previous.name())
                    .log("Namespace released");
        } else if (previous == null || !previous.name().equals(segment.name())) {
            enrolled(namespace, segment, "Namespace enrolled");
        } else if (!previous.enforced().equals(segment.enforced())) {
            enrolled(namespace, segment, "Enforcement changed");
        }
    }

    private static Optional<ImmutableSortedSet<String>> claims(Enrolment enrolment, String namespace) {
        return Optional.ofNullable(enrolment.conflicts().get(namespace)).map(Enrolment.Conflict::segments);
    }

    private static void claimed(String namespace, Set<String> segments) {
        line(Level.WARN, namespace)
                .addKeyValue(LogKey.SEGMENT, String.join(",", segments))
                .log("Namespace claimed twice");
    }

    private static void enrolled(String namespace, DeclaredSegment segment, String message) {
        line(Level.INFO, namespace)
                .addKeyValue(LogKey.SEGMENT, segment.name())
                .addKeyValue(LogKey.ENFORCE, enforced(segment))
                .log(message);
    }

    private static String enforced(DeclaredSegment segment) {
        return segment.enforced().isEmpty()
                ? "none"
                : segment.enforced().stream()
                        .sorted()
                        .map(Direction::name)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(","));
    }

    private static LoggingEventBuilder line(Level level, String namespace) {
        return LOG.atLevel(level).addKeyValue(LogKey.NAMESPACE, namespace);
    }
}
