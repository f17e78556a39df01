package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.NamespaceIntents;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The intents, by namespace. */
final class IntentStore implements Statuses<DeclaredIntent.Key, AccessIntentStatus> {

    private static final long MEBIBYTE = 1024 * 1024;

    private final Map<String, DeclarationStore<DeclaredIntent, AccessIntentStatus>> byNamespace = new HashMap<>();
    private final SharedMap<String, NamespaceDeclarations> declared = new SharedMap<>();
    private final SharedMap<String, NamespaceIntents> intents = new SharedMap<>();
    private final Set<String> stale = new HashSet<>();
    private final Map<String, NamespaceMemory> accounts = new HashMap<>();
    /** Of those that are kept. */
    private final Map<DeclaredIntent.Key, Long> weights = new HashMap<>();

    private final long limit;

    /** @param limit of what is kept of the intents of one namespace, in bytes */
    IntentStore(long limit) {
        this.limit = limit;
    }

    Optional<DeclaredIntent> meaning(DeclaredIntent.Key key) {
        return store(key.namespace()).flatMap(store -> store.meaning(key.name()));
    }

    /** Whether it never decoded, so that only policies tell what it once meant. */
    boolean isUnknown(DeclaredIntent.Key key) {
        return store(key.namespace())
                .map(store -> store.rejections().get(key.name()))
                .filter(rejection -> !rejection.meaningKept())
                .isPresent();
    }

    @Override
    public Optional<LiveStatus<AccessIntentStatus>> status(DeclaredIntent.Key key) {
        return store(key.namespace()).flatMap(store -> store.status(key.name()));
    }

    /** By namespace. */
    ImmutableListMultimap<String, AccessIntentStatus> statuses() {
        ImmutableListMultimap.Builder<String, AccessIntentStatus> statuses = ImmutableListMultimap.builder();
        byNamespace.forEach((namespace, store) -> statuses.putAll(namespace, store.statuses()));
        return statuses.build();
    }

    /** By namespace, then by name. */
    ImmutableSortedMap<String, ImmutableSortedMap<String, AccessIntentStatus>> statusesByName() {
        ImmutableSortedMap.Builder<String, ImmutableSortedMap<String, AccessIntentStatus>> statuses =
                ImmutableSortedMap.naturalOrder();
        byNamespace.forEach((namespace, store) -> statuses.put(namespace, store.statusesByName()));
        return statuses.build();
    }

    boolean hasAny(String namespace) {
        return byNamespace.containsKey(namespace);
    }

    /** @return whether more than the status differs from what was known */
    boolean seen(DeclaredIntent.Key key, DecodedObject<DeclaredIntent, AccessIntentStatus> shown) {
        DecodedObject<DeclaredIntent, AccessIntentStatus> sighting = fitting(key, shown);
        DeclarationStore<DeclaredIntent, AccessIntentStatus> store =
                byNamespace.computeIfAbsent(key.namespace(), unknown -> new DeclarationStore<>());
        boolean changed = store.seen(key.name(), sighting);
        if (changed) {
            stale.add(key.namespace());
        }
        return changed;
    }

    /**
     * It is being deleted, and there until its finalizers are gone.
     *
     * @return whether that is news, or somebody else wrote the status
     */
    boolean withdrawnSeen(DeclaredIntent.Key key, LiveStatus<AccessIntentStatus> status) {
        release(key);
        boolean changed = byNamespace
                .computeIfAbsent(key.namespace(), unknown -> new DeclarationStore<>())
                .withdrawnSeen(key.name(), status);
        if (changed) {
            stale.add(key.namespace());
        }
        return changed;
    }

    /** One for which there is no room is one that does not decode: it keeps the meaning it had before. */
    private DecodedObject<DeclaredIntent, AccessIntentStatus> fitting(
            DeclaredIntent.Key key, DecodedObject<DeclaredIntent, AccessIntentStatus> shown) {
        if (shown.meaning().isEmpty()) {
            return shown;
        }
        long before = weights.getOrDefault(key, 0L);
        NamespaceMemory account = accounts.computeIfAbsent(key.namespace(), unknown -> new NamespaceMemory(limit));
        if (account.hasRoom(shown.weight() - before)) {
            account.keep(called(key), shown.meaning(), before, intent -> shown.weight());
            weights.put(key, shown.weight());
            return shown;
        }
        // What it meant before goes on to take its room.
        account.leaveOut(called(key));
        return shown.rejected("the AccessIntents of this namespace take more than the " + limit / MEBIBYTE
                + " MiB of memory that are kept of one namespace; declare less in it");
    }

    private static String called(DeclaredIntent.Key key) {
        return "AccessIntent " + key.name();
    }

    /** See {@link NamespaceMemory#kindsWithRoom}. */
    Set<String> kindsWithRoom() {
        return accounts.values().stream()
                .flatMap(account -> account.kindsWithRoom().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public void statusMeant(DeclaredIntent.Key key, AccessIntentStatus status) {
        store(key.namespace()).ifPresent(store -> store.statusMeant(key.name(), status));
    }

    @Override
    public void statusWritten(DeclaredIntent.Key key, LiveStatus<AccessIntentStatus> status) {
        store(key.namespace()).ifPresent(store -> store.statusWritten(key.name(), status));
    }

    /** See {@link DeclarationStore#versionsWentBack}. */
    void versionsWentBack() {
        byNamespace.values().forEach(DeclarationStore::versionsWentBack);
    }

    /**
     * See {@link DeclarationStore#settleEchoes}.
     *
     * @return the namespaces of the intents that are meant
     */
    Set<String> settleEchoes() {
        Set<String> back = new HashSet<>();
        byNamespace.forEach((namespace, store) -> {
            if (!store.settleEchoes().isEmpty()) {
                back.add(namespace);
            }
        });
        return back;
    }

    void gone(DeclaredIntent.Key key) {
        store(key.namespace()).ifPresent(store -> {
            store.gone(key.name());
            stale.add(key.namespace());
            release(key);
            if (store.isEmpty()) {
                byNamespace.remove(key.namespace());
                accounts.remove(key.namespace());
            }
        });
    }

    /** What it means takes no room any more. */
    private void release(DeclaredIntent.Key key) {
        long weight = Optional.ofNullable(weights.remove(key)).orElse(0L);
        accounts.computeIfAbsent(key.namespace(), unknown -> new NamespaceMemory(limit))
                .keep(called(key), Optional.empty(), weight, gone -> 0);
    }

    ImmutableSortedMap<String, NamespaceDeclarations> declared() {
        refresh();
        return declared.copy();
    }

    ImmutableSortedMap<String, NamespaceIntents> intents() {
        refresh();
        return intents.copy();
    }

    private void refresh() {
        for (String namespace : stale) {
            DeclarationStore<DeclaredIntent, AccessIntentStatus> store = byNamespace.get(namespace);
            if (store == null) {
                declared.remove(namespace);
                intents.remove(namespace);
            } else {
                NamespaceIntents meant = NamespaceIntents.of(store.meanings().values());
                declared.put(
                        namespace,
                        new NamespaceDeclarations(meant, store.revisions(), store.rejections(), store.withdrawn()));
                intents.put(namespace, meant);
            }
        }
        stale.clear();
    }

    private Optional<DeclarationStore<DeclaredIntent, AccessIntentStatus>> store(String namespace) {
        return Optional.ofNullable(byNamespace.get(namespace));
    }
}
