package dev.bulkhead.app.lint;

import dev.bulkhead.app.manifest.UnreadMaker;

/** Objects of kinds by others that make pods of which nothing is known. */
final class UnreadMakersCheck implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        input.snapshot().manifests().forEach((key, manifest) -> {
            if (manifest.object() instanceof UnreadMaker) {
                findings.about(
                        key,
                        "",
                        Code.BH022,
                        "it makes pods, but has no template in spec.template that can be read, so these pods are in no"
                                + " finding and no verdict",
                        "add the pods, or the workloads that it makes, to the files; 'kubectl get pods -o yaml' shows"
                                + " them");
            }
        });
    }
}
