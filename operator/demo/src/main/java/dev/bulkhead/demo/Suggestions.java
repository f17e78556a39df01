package dev.bulkhead.demo;

import java.nio.file.Path;
import java.util.List;

/**
 * What there is to look at when the story was told. The way to the console comes last, where it is seen.
 *
 * @param kubeconfig for kubectl and the command line
 * @param programs the folder of the command line program
 */
record Suggestions(Path kubeconfig, Path programs, Invitation invitation) {

    /** Each works as it stands, once {@link #environment()} is set. */
    static final List<String> COMMANDS = List.of(
            "kubectl get bulkhead -A",
            "kubectl describe ai -n shop checkout",
            "kubectl get events -A",
            "kubectl explain accessintent.spec.outbound",
            "kubectl get networkpolicies -A",
            "kubectl get networkpolicy -n pay -o yaml",
            "bulkhead explain --cluster web/storefront shop/checkout 8080",
            "bulkhead who-can-reach --cluster pay/ledger",
            "bulkhead connectivity --cluster",
            Visitor.TOKEN_COMMAND);

    void tell(Narrator narrator) {
        narrator.chapter("Look around; Ctrl-C ends it");
        narrator.says("In another terminal:");
        narrator.shows(environment());
        narrator.shows(COMMANDS);
        narrator.says("In a browser, by a link that signs in:");
        narrator.shows(List.of(invitation.link()));
    }

    List<String> environment() {
        return List.of("export KUBECONFIG=" + kubeconfig, "export PATH=\"" + programs + ":$PATH\"");
    }
}
