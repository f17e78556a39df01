package dev.bulkhead.cluster.access;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Lists;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Shows everybody the namespaces whose NetworkPolicies the API server lets them get. What it says is remembered for a short
 * while: a right that is withdrawn works on for a minute here. One that is given may take three minutes to be seen, and up to
 * 24 where it was asked for in vain again and again.
 */
public final class NamespaceGate implements AutoCloseable {

    private static final Duration KNOWN = Duration.ofMinutes(1);
    private static final Duration NOBODY = Duration.ofSeconds(10);
    private static final Duration ACQUAINTED = Duration.ofHours(1);
    /** A single question. */
    private static final Duration NOT_EVERYTHING = Duration.ofMinutes(3);

    private static final int MOST_USERS = 1024;
    /** So many questions at a time, whoever asks for whatever. */
    private static final int QUESTIONS = 4;
    /** Questions of one request that wait at a time, since there may be as many as there are namespaces. */
    private static final int WAITING = 64;

    private static final String ALL = "";

    private final Reviews reviews;
    private final Cache<String, User> users;
    /** Has a place of its own: whoever makes tokens up displaces nobody whose token is good. */
    private final Cache<String, Boolean> strangers;

    /** Those that were good not long ago, which says nothing of whether they still are. */
    private final Cache<String, Boolean> acquaintances;

    /** Those who may see all namespaces, and those who may not. */
    private final Cache<User, Boolean> everything;

    private final Cache<User, Boolean> notEverything;
    private final Accounts accounts;
    private final FairQuestions questions = new FairQuestions(QUESTIONS);

    /** @param template how to connect; it stays open */
    public NamespaceGate(KubernetesClient template, Ticker ticker) {
        this(new Reviews(template), ticker);
    }

    NamespaceGate(Reviews reviews, Ticker ticker) {
        this.reviews = reviews;
        this.users = cache(ticker, KNOWN, MOST_USERS);
        this.strangers = cache(ticker, NOBODY, MOST_USERS);
        this.acquaintances = cache(ticker, ACQUAINTED, MOST_USERS);
        this.everything = cache(ticker, KNOWN, MOST_USERS);
        this.notEverything = cache(ticker, NOT_EVERYTHING, MOST_USERS);
        this.accounts = new Accounts(ticker);
    }

    private static <K, V> Cache<K, V> cache(Ticker ticker, Duration time, int size) {
        return CacheBuilder.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(time)
                .maximumSize(size)
                .build();
    }

    /** Whether it was somebody's token not long ago, or is known to be nobody's: to be asked about it costs little. */
    public boolean isAcquainted(String token) {
        if (!Reviews.isToken(token)) {
            return true;
        }
        String hash = Reviews.hash(token);
        return acquaintances.getIfPresent(hash) != null || strangers.getIfPresent(hash) != null;
    }

    /**
     * Whose token it is; empty where it is nobody's.
     *
     * @throws KubernetesClientException if the API server cannot be asked
     */
    public Optional<User> user(String token) {
        if (!Reviews.isToken(token)) {
            return Optional.empty();
        }
        String hash = Reviews.hash(token);
        User known = users.getIfPresent(hash);
        if (known != null) {
            return Optional.of(known);
        }
        if (strangers.getIfPresent(hash) != null) {
            return Optional.empty();
        }
        Optional<User> user = reviews.user(token).map(User::withoutToken);
        if (user.isPresent()) {
            users.put(hash, user.get());
            acquaintances.put(hash, true);
        } else {
            acquaintances.invalidate(hash);
            strangers.put(hash, true);
        }
        return user;
    }

    /**
     * @param namespaces those that there are
     * @throws KubernetesClientException if the API server cannot be asked
     */
    public Scope scope(User user, Collection<String> namespaces) {
        if (maySeeEverything(user)) {
            return new Scope(/* everything= */ true, ImmutableSortedSet.copyOf(namespaces));
        }
        Answers answers = accounts.answers(user);
        answers.follow(namespaces);
        ImmutableSortedSet.Builder<String> seen = ImmutableSortedSet.naturalOrder();
        List<String> unknown = new ArrayList<>();
        for (String namespace : namespaces) {
            Optional<Boolean> known = answers.known(namespace);
            if (known.isEmpty()) {
                unknown.add(namespace);
            } else if (known.get()) {
                seen.add(namespace);
            }
        }
        Lists.partition(unknown, WAITING).forEach(some -> seen.addAll(seen(user, answers, some)));
        return new Scope(/* everything= */ false, seen.build());
    }

    private List<String> seen(User user, Answers answers, List<String> namespaces) {
        Map<String, Future<Boolean>> asked = new LinkedHashMap<>();
        namespaces.forEach(namespace ->
                asked.put(namespace, questions.ask(user, () -> maySee(user, answers, namespace))));
        try {
            return namespaces.stream()
                    .filter(namespace -> await(asked.get(namespace)))
                    .toList();
        } finally {
            // Once one has failed nobody waits for the others: they must not pile up before an API server that hangs.
            asked.values().forEach(answer -> answer.cancel(false));
        }
    }

    private static boolean await(Future<Boolean> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("interrupted while rights were asked for", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KubernetesClientException failed) {
                throw failed;
            }
            throw new IllegalStateException("rights could not be asked for", e.getCause());
        }
    }

    private boolean maySeeEverything(User user) {
        if (everything.getIfPresent(user) != null) {
            return true;
        }
        if (notEverything.getIfPresent(user) != null) {
            return false;
        }
        boolean may = ask(user, ALL);
        (may ? everything : notEverything).put(user, may);
        return may;
    }

    /** Another request of the same account may have asked meanwhile. */
    private boolean maySee(User user, Answers answers, String namespace) {
        Optional<Boolean> known = answers.known(namespace);
        if (known.isPresent()) {
            return known.get();
        }
        boolean may = ask(user, namespace);
        answers.put(namespace, may);
        return may;
    }

    private boolean ask(User user, String namespace) {
        return reviews.may(user, "get", "networking.k8s.io", "networkpolicies", namespace);
    }

    /**
     * Whether they could declare there what they ask about. Asked each time.
     *
     * @throws KubernetesClientException if the API server cannot be asked
     */
    public boolean mayDeclare(User user, String namespace) {
        return reviews.may(user, "create", "bulkhead.dev", "accessintents", namespace);
    }

    @Override
    public void close() {
        questions.close();
        reviews.close();
    }
}
