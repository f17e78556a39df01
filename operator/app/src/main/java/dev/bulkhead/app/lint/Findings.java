package dev.bulkhead.app.lint;

import dev.bulkhead.app.manifest.Manifest;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Takes findings, and finds the lines that they are about. */
final class Findings {

    private final Snapshot snapshot;
    private final Set<LintFinding> found = new TreeSet<>();

    Findings(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Each once, by place. */
    Set<LintFinding> found() {
        return found;
    }

    /** @param field from the root of the policy */
    void about(NetworkPolicy policy, String field, Code code, String message, String fix) {
        about(
                new Manifest.Key(
                        "NetworkPolicy", policy.key().namespace(), policy.key().name()),
                field,
                code,
                message,
                fix);
    }

    /** @param field from the root of the intent */
    void about(DeclaredIntent.Key intent, String field, Code code, String message, String fix) {
        about(new Manifest.Key("AccessIntent", intent.namespace(), intent.name()), field, code, message, fix);
    }

    void about(WorkloadName workload, Code code, String message, String fix) {
        about(
                new Manifest.Key(workload.kind(), workload.namespace(), workload.name()),
                "spec.template.spec.hostNetwork",
                code,
                message,
                fix);
    }

    void about(Manifest.Key key, String field, Code code, String message, String fix) {
        about(key, field, code, code.severity(), message, fix);
    }

    /** @param severity where it is another one than usual */
    void about(DeclaredIntent.Key intent, String field, Code code, Severity severity, String message, String fix) {
        about(new Manifest.Key("AccessIntent", intent.namespace(), intent.name()), field, code, severity, message, fix);
    }

    private void about(Manifest.Key key, String field, Code code, Severity severity, String message, String fix) {
        Optional<Manifest> manifest = Optional.ofNullable(snapshot.manifests().get(key));
        found.add(new LintFinding(
                code,
                severity,
                key.toString(),
                manifest.map(object -> object.placeOf(field)),
                (field.isEmpty() ? "" : field + ": ") + message,
                fix));
    }
}
