package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.app.manifest.Manifest;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Spelling;
import dev.bulkhead.core.world.Namespace;
import java.util.Set;
import java.util.stream.Stream;

/** Whether what Segments and Guardrails name is there: a Guardrail whose segment is mistyped forbids nothing. */
final class PlatformChecks implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        Set<String> segments = input.snapshot().declarations().segments().keySet();
        if (segments.isEmpty() || input.unread().mayHaveSegments()) {
            // Files of one team alone say nothing of what the platform team has.
            return;
        }
        input.snapshot()
                .declarations()
                .guardrails()
                .values()
                .forEach(guardrail -> named(guardrail)
                        .filter(name -> !segments.contains(name))
                        .distinct()
                        .forEach(name -> findings.about(
                                new Manifest.Key("Guardrail", null, guardrail.name()),
                                "spec",
                                Code.BH021,
                                "there is no segment " + name + ", so what is said of it holds for nothing",
                                Spelling.nearest(name, segments)
                                        .map(near -> "did you mean '" + near + "'?")
                                        .orElse("write the name of a Segment, or add it to the files"))));
        ImmutableSet<String> namespaces = input.snapshot().world().namespaces().values().stream()
                .map(Namespace::name)
                .collect(ImmutableSet.toImmutableSet());
        Enrolment enrolment = input.snapshot().enrolment();
        for (DeclaredSegment segment :
                input.snapshot().declarations().segments().values()) {
            boolean disputed = enrolment.conflicts().values().stream()
                    .anyMatch(conflict -> conflict.segments().contains(segment.name()));
            if (!namespaces.isEmpty()
                    && !input.unread().mayHavePods()
                    && !disputed
                    && enrolment.members(segment.name()).isEmpty()) {
                findings.about(
                        new Manifest.Key("Segment", null, segment.name()),
                        "spec.namespaces",
                        Code.BH021,
                        "no namespace is called like any of " + segment.namespaces() + ", so nothing is enforced",
                        "compare the patterns with the names of the namespaces, or add these to the files");
            }
        }
    }

    private static Stream<String> named(DeclaredGuardrail guardrail) {
        return guardrail
                .limits()
                .flatMap(limit -> Stream.of(limit.from(), limit.to()))
                .flatMap(ends -> ends.segments().stream());
    }
}
