package dev.bulkhead.app.wording;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other ends of rules as people say them, of a text that a program reads too. */
public final class PeerInWords {

    private static final Pattern SERVICE = Pattern.compile("service ([a-z0-9-]{1,63})/(.+)");
    private static final Pattern WORKLOAD = Pattern.compile(
            "([a-z0-9-]{1,63})/((?:service account |pods with |Deployment |StatefulSet |DaemonSet ).+|all pods)");

    private PeerInWords() {}

    /** @param peer as {@link dev.bulkhead.core.intent.Peer#toString} writes it; anything else stays as it is */
    public static String of(String peer) {
        Matcher service = SERVICE.matcher(peer);
        if (service.matches()) {
            return "Service " + service.group(2) + " in " + service.group(1);
        }
        Matcher workload = WORKLOAD.matcher(peer);
        return workload.matches() ? workload.group(2) + " in " + workload.group(1) : peer;
    }
}
