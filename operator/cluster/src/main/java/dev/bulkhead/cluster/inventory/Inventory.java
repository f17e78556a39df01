package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.GuardrailStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.cluster.decode.LastFound;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Cidr;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only reader of the cluster: knows at any moment what is there and what was declared, and tells whom a change touches. */
public final class Inventory implements WrittenPolicies, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);
    private static final Duration NEXT_LOOK = Duration.ofSeconds(1);

    private final InventoryState state;
    private final FactsStore facts;
    private final InventoryListener listener;
    private final InventorySource source;
    private volatile boolean complete;
    private volatile boolean closed;
    private volatile Instant guardrailsDefinedSince = Instant.MIN;

    /**
     * @param quota of lines of the log that namespaces cause
     */
    public Inventory(KubernetesClient client, OperatorSettings settings, InventoryListener listener, LogQuota quota) {
        this(
                settings.namespace(),
                settings.networks(),
                settings.namespaceMemory(),
                listener,
                feed -> informers(client, feed, settings.silenceLimit(), quota));
    }

    /**
     * @param ownNamespace where the operator runs; no segment can enrol it
     * @param networks ranges of the cluster that its nodes do not tell
     * @param limit of what is kept of one namespace, see {@link InventoryState}
     * @param source makes what feeds the intake
     */
    Inventory(
            String ownNamespace,
            Collection<Cidr> networks,
            long limit,
            InventoryListener listener,
            Function<Feed, InventorySource> source) {
        this.listener = listener;
        Set<String> excluded = ImmutableSet.<String>builder()
                .addAll(Declarations.SYSTEM_NAMESPACES)
                .add(ownNamespace)
                .build();
        this.facts = new FactsStore(networks);
        this.state = new InventoryState(excluded, facts.facts(), limit);
        this.source = source.apply(new Feed(state, facts, this::tell, listener));
    }

    /**
     * What a source of objects puts its findings into.
     *
     * @param touched told whom a change touches
     */
    record Feed(
            InventoryState state, FactsStore facts, Consumer<AffectedNamespaces> touched, InventoryListener listener) {

        Intake intake(DeclarationDecoder decoder, LostDeclarations lostGuardrails, LostDeclarations lostPeers) {
            return new Intake(state, facts, touched, listener, decoder, lostGuardrails, lostPeers);
        }
    }

    private static Informers informers(KubernetesClient client, Feed feed, Duration silenceLimit, LogQuota quota) {
        LostDeclarations lostGuardrails = LostDeclarations.of(
                client, LostDeclarations.GUARDRAILS, feed.state().guardrailsInForce(), feed.touched());
        LostDeclarations lostPeers = LostDeclarations.of(
                client, LostDeclarations.WELL_KNOWN_PEERS, feed.state().wellKnownInForce(), feed.touched());
        DeclarationDecoder decoder = new DeclarationDecoder(client.getKubernetesSerialization(), quota);
        return new Informers(
                client,
                feed.intake(decoder, lostGuardrails, lostPeers),
                lostGuardrails,
                lostPeers,
                silenceLimit,
                quota);
    }

    /**
     * Reads everything once, and goes on to watch it.
     *
     * @param stopped told when something can be watched no longer; what is known grows stale then
     * @throws IllegalStateException if something cannot be read, or not within the limit
     */
    public void start(Duration limit, Consumer<Throwable> stopped) {
        List<CompletableFuture<Void>> lists = source.start(stopped);
        CompletableFuture<Void> everything = CompletableFuture.allOf(lists.toArray(CompletableFuture[]::new));
        try {
            await(everything, limit);
            guardrailsDefinedSince = awaitDefinitionOfGuardrails(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the cluster was read", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the cluster cannot be read: " + e.getCause().getMessage(), e.getCause());
        }
        state.facts(() -> facts.lastFound(LastFound.of(state.segmentsSay())));
        AffectedNamespaces touch = state.complete();
        complete = true;
        tell(touch);
    }

    /** @param limit does not count while a definition is missing: that is somebody else's to put back */
    private void await(CompletableFuture<Void> everything, Duration limit)
            throws InterruptedException, ExecutionException {
        List<String> told = List.of();
        long begin = System.nanoTime();
        while (true) {
            try {
                everything.get(NEXT_LOOK.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                requireOpen();
                List<String> undefined = source.undefined();
                if (!undefined.isEmpty()) {
                    begin = System.nanoTime();
                } else if (System.nanoTime() - begin > limit.toNanos()) {
                    throw new IllegalStateException(
                            "the cluster could not be read within " + limit.toSeconds() + " s", e);
                }
                if (!undefined.isEmpty() && !undefined.equals(told)) {
                    LOG.atWarn()
                            .addKeyValue(LogKey.NOTE, String.join(", ", undefined))
                            .log("Definitions missing, waiting for them");
                }
                told = undefined;
            }
        }
    }

    private Instant awaitDefinitionOfGuardrails(Duration limit) throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        while (true) {
            try {
                Optional<Instant> defined = source.guardrailsDefinedSince();
                if (defined.isPresent()) {
                    return defined.get();
                }
                begin = System.nanoTime();
            } catch (KubernetesClientException e) {
                if (System.nanoTime() - begin > limit.toNanos()) {
                    throw new ExecutionException(e);
                }
            }
            TimeUnit.MILLISECONDS.sleep(NEXT_LOOK.toMillis());
            requireOpen();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed while the cluster was read");
        }
    }

    /** What the first read waits for. */
    public List<String> awaited() {
        List<String> undefined = source.undefined();
        return undefined.isEmpty()
                ? List.of("the first read")
                : undefined.stream().map(kind -> "the definition of " + kind).toList();
    }

    public InventorySnapshot snapshot() {
        return state.snapshot();
    }

    /**
     * For the namespace to be compiled from. Until {@link #compiled} says on what that depended, every change wakes it.
     */
    public InventorySnapshot snapshotFor(String namespace) {
        return state.snapshotFor(namespace);
    }

    /**
     * From now on what the compilation depended on wakes the namespace.
     *
     * @param dependencies absent where it failed and is tried again
     */
    public void compiled(String namespace, Optional<Dependencies> dependencies) {
        state.compiled(namespace, dependencies);
    }

    /** Who may have something to withdraw because of what was taken in so far. */
    public PendingWithdrawals pendingWithdrawals() {
        return state.pending();
    }

    /** Likewise with what policies do not need to be known for: pods one by one, and what statuses say. */
    public LiveView view() {
        return state.view();
    }

    public Statuses<DeclaredIntent.Key, AccessIntentStatus> intentStatuses() {
        return state.intentStatuses();
    }

    /** Those of all intents that have one, by namespace. */
    public ImmutableListMultimap<String, AccessIntentStatus> intentStatusesByNamespace() {
        return state.intentStatusesByNamespace();
    }

    public Statuses<String, SegmentStatus> segmentStatuses() {
        return state.segmentStatuses();
    }

    public Statuses<String, GuardrailStatus> guardrailStatuses() {
        return state.guardrailStatuses();
    }

    /** One of the objects of the namespace that there is no room for, and how many there are; empty where everything is known. */
    public Optional<String> leftOut(String namespace) {
        return state.leftOut(namespace);
    }

    /** How many namespaces have more in them than there is room for. */
    public int crowdedNamespaces() {
        return state.crowded();
    }

    /** How many pods of these namespaces lack the API server's stamp. */
    public int unstampedPods(Collection<String> namespaces) {
        return state.unstamped(namespaces);
    }

    /** What is missing or broken of the admission policies that stamp pods; nothing where they are in force. */
    public ImmutableList<String> identityFlaws() {
        return facts.identityFlaws();
    }

    @Override
    public void writing(NetworkPolicy.Key key, Optional<NetworkPolicy> wanted) {
        state.writing(key, wanted);
    }

    @Override
    public void answered(NetworkPolicy.Key key) {
        state.answered(key);
    }

    @Override
    public void written(LivePolicy policy) {
        tell(state.written(policy));
    }

    @Override
    public void gone(NetworkPolicy.Key key, String uid) {
        InventoryState.FoundGone found = state.foundGone(key, uid);
        if (found.drifted()) {
            listener.drifted(key, "");
        }
        tell(found.touch());
    }

    @Override
    public void deleted(NetworkPolicy.Key key, String uid) {
        tell(state.deleted(key, uid));
    }

    /**
     * Until when guardrails may still be on their way that an earlier definition had, before this process ran: they are not
     * known.
     *
     * @param older when something was made that they may have been there to limit
     */
    public Optional<Instant> guardrailsFollowUntil(Instant older) {
        return Optional.of(guardrailsDefinedSince)
                .filter(older::isBefore)
                .map(defined -> defined.plus(LostDeclarations.TIME_TO_FOLLOW));
    }

    /** Whether everything has been read once. */
    public boolean isComplete() {
        return complete;
    }

    /** The kinds that are not being watched right now. */
    public List<String> interrupted() {
        return source.interrupted();
    }

    /** The kinds without which the cluster is not known as it is now; those that are done without are none of them. */
    public List<String> missed() {
        List<String> missed = new ArrayList<>(source.interrupted());
        missed.removeAll(source.doneWithout());
        return List.copyOf(missed);
    }

    /** For how long the watch of each kind has shown no list, no event and no bookmark. */
    public Map<String, Duration> quietWatches() {
        return source.quiet();
    }

    /**
     * Takes in what the watch did not show so far of the policies of one namespace, past all caches.
     *
     * @throws KubernetesClientException if they cannot be read
     */
    public void comparePolicies(String namespace) {
        source.comparePolicies(namespace);
    }

    /** Lists all objects of one of our kinds anew, since its watch seems to have lost something. */
    public void readAnew(String kind) {
        source.readAnew(kind);
    }

    private void tell(AffectedNamespaces touch) {
        if (!touch.namespaces().isEmpty()) {
            listener.touched(touch.namespaces());
        }
        if (touch.enrolment()) {
            listener.enrolmentChanged();
        }
    }

    @Override
    public void close() {
        closed = true;
        source.close();
    }
}
