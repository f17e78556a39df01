package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.NamespaceIntents;

/**
 * What was declared in one namespace.
 *
 * @param intents those that mean something, an earlier state of them where the present one does not decode
 * @param revisions of the intents that decode, by name
 * @param rejections the intents that do not decode, by name
 * @param withdrawn the intents that are being deleted and there until their finalizers are gone, by name; they mean nothing
 */
public record NamespaceDeclarations(
        NamespaceIntents intents,
        ImmutableSortedMap<String, Revision> revisions,
        ImmutableSortedMap<String, Rejection> rejections,
        ImmutableSortedMap<String, Revision> withdrawn) {

    static final NamespaceDeclarations NOTHING = new NamespaceDeclarations(
            NamespaceIntents.none(), ImmutableSortedMap.of(), ImmutableSortedMap.of(), ImmutableSortedMap.of());
}
