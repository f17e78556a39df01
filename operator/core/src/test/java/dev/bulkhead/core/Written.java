package dev.bulkhead.core;

import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Map;

/** What writes make of the policies that are there. */
final class Written {

    private Written() {}

    static void apply(Write write, Map<NetworkPolicy.Key, NetworkPolicy> live) {
        if (write instanceof Write.Create create) {
            live.put(create.key(), create.policy());
        } else if (write instanceof Write.Update update) {
            live.put(update.key(), update.policy());
        } else {
            live.remove(write.key());
        }
    }
}
