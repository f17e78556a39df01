package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.NamespaceDeclarations;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.core.intent.DeclaredIntent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Namespaces whose passes fail again and again: after a few attempts their intents and their segment say so. */
final class FailingNamespaces {

    private static final int SHOWN_AFTER = 3;
    private static final int LONGEST_MESSAGE = 512;

    private final Inventory inventory;
    private final Reporters reporters;
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    FailingNamespaces(Inventory inventory, Reporters reporters) {
        this.inventory = inventory;
        this.reporters = reporters;
    }

    /** @param message of the API server, or of the error */
    void failed(String namespace, String message) {
        if (attempts.merge(namespace, 1, Integer::sum) < SHOWN_AFTER) {
            return;
        }
        String bounded = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
        reporters.segments().failing(namespace, Optional.of(bounded));
        NamespaceDeclarations declared = inventory.snapshot().declared(namespace);
        declared.revisions()
                .forEach((name, revision) ->
                        reporters.intents().fail(new DeclaredIntent.Key(namespace, name), revision, bounded));
        declared.withdrawn()
                .forEach((name, revision) -> reporters
                        .intents()
                        .withdraw(new DeclaredIntent.Key(namespace, name), revision, Optional.of(bounded)));
    }

    /** What became of its intents was reported by the pass itself. */
    void succeeded(String namespace) {
        if (attempts.remove(namespace) != null) {
            reporters.segments().failing(namespace, Optional.empty());
        }
    }

    /** Whatever takes its name from now on is something else. */
    void forget(String namespace) {
        succeeded(namespace);
    }
}
