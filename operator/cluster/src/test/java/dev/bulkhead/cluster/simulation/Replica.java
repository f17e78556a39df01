package dev.bulkhead.cluster.simulation;

import dev.bulkhead.cluster.apply.PolicyApi;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.SimulatedInventory;
import dev.bulkhead.cluster.reconcile.SimulatedController;
import dev.bulkhead.cluster.simulation.Coroutine.Fate;
import dev.bulkhead.cluster.simulation.Coroutine.Sort;
import dev.bulkhead.cluster.simulation.SimulatedApiServer.Change;
import dev.bulkhead.cluster.status.StatusApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One process of the operator: its watches, and its queue of namespaces. */
final class Replica {

    /** What JOSDK watches for itself: it reconciles no namespace that it does not know. */
    private static final String PRIMARY = "Namespace (of the controller)";

    /** What runs by this name is the thread that sends reports. */
    private static final String REPORTS = "(reports)";

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    /** After which a watch that shows nothing is opened anew. */
    private static final Duration SILENCE = Duration.ofSeconds(80);

    /** Between two comparisons of all policies; here those are left out that can find nothing. */
    private static final Duration COMPARISON = Duration.ofMinutes(2);

    /** After the restore of a backup. */
    private static final int COMPARISONS = 2;

    /** An API server that gives old lists is behind with its watches, too. */
    private static final Duration BEHIND = Duration.ofSeconds(10);

    private static final Duration LAST_RETRY = Duration.ofSeconds(60);

    /** How the scheduler sees it. */
    interface Scheduler {

        void later(Replica replica, Duration delay, String title, Runnable task);

        void script(String line);

        /** At which revision a process reads a kind for the first time. */
        long firstList(String kind, long revision);

        /** Whether a watch that was cut is opened anew only when somebody notices that it shows nothing. */
        boolean isLate();

        /** Carries out a request, and knows whose it is. */
        <T> T byProduct(String title, Supplier<T> request);

        /** A pass ended in a way that no fault of the API server explains. */
        void failed(String problem);
    }

    /** Where a watch has come to, and what it has shown. */
    static final class Watch {

        private final SimulatedInventory.Handler handler;
        private final Map<SimulatedApiServer.Key, String> known = new TreeMap<>();
        private long position;
        private boolean silent;
        /** It goes on from no revision that there is. */
        private boolean cut;

        private Watch(SimulatedInventory.Handler handler) {
            this.handler = handler;
        }
    }

    private final String name;
    private final SimulatedApiServer server;
    private final Scheduler scheduler;
    private final PolicyApi api;
    private final StatusApi statuses;
    private final SimulatedController controller;
    private final Inventory inventory;
    private final Map<String, Watch> watches = new LinkedHashMap<>();
    private Supplier<Duration> comparison = () -> COMPARISON;
    private final Set<String> primaries = new TreeSet<>();
    private final Set<String> due = new TreeSet<>();
    private final Map<String, Coroutine> running = new TreeMap<>();
    private final Map<String, Duration> retries = new TreeMap<>();
    private final Map<String, Integer> timers = new TreeMap<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final Bug bug;
    private final boolean reports;
    private boolean alive = true;
    private boolean looksAtReportsLater;

    Replica(String name, SimulatedApiServer server, VirtualTime time, Scheduler scheduler, Bug bug, boolean reports) {
        this.name = name;
        this.server = server;
        this.scheduler = scheduler;
        this.bug = bug;
        this.reports = reports;
        this.controller = new SimulatedController(time, time.ticker(), this::wake, bug::asks);
        this.inventory =
                SimulatedInventory.create(time, time.ticker(), bug.listener(controller), bug.source(new Feed()));
        this.api = bug.api(new Policies());
        this.statuses = bug.statuses(new Statuses());
        running.put("", new Coroutine(name + " starts", this::start));
    }

    private void start() {
        inventory.start(Duration.ofMinutes(1), failure -> {});
        Watch primary = new Watch(new SimulatedInventory.Handler() {
            @Override
            public void seen(HasMetadata object) {
                if (primaries.add(object.getMetadata().getName())) {
                    wake(object.getMetadata().getName());
                }
            }

            @Override
            public void gone(HasMetadata object) {
                primaries.remove(object.getMetadata().getName());
            }
        });
        watches.put(PRIMARY, primary);
        controller.begin(inventory, api, statuses, new Reads());
        list(PRIMARY, server.revision());
    }

    private void wake(String namespace) {
        if (primaries.contains(namespace)) {
            due.add(namespace);
        }
    }

    /** Looks at all namespaces, as happens now and then even if nothing changed. */
    void wakeAll() {
        due.addAll(primaries);
    }

    boolean isAlive() {
        return alive;
    }

    /** Whether it is reading the cluster for the first time; if that fails it ends. */
    boolean isStarting() {
        return running.containsKey("");
    }

    /** The process ends; nothing of what it was about to do happens. */
    void crash() {
        alive = false;
        running.values().forEach(coroutine -> coroutine.resume(Fate.CRASH));
        running.clear();
        due.clear();
    }

    /** Requests that are to be sent, and answers that are to be read. */
    Collection<Coroutine> running() {
        return running.values();
    }

    Collection<String> startable() {
        return due.stream().filter(namespace -> !running.containsKey(namespace)).toList();
    }

    void begin(String namespace) {
        due.remove(namespace);
        timers.merge(namespace, 1, Integer::sum);
        resume(namespace, new Coroutine(name + " " + namespace, () -> reconcile(namespace)), Fate.GRANTED);
    }

    /** Whether it writes statuses. */
    boolean reports() {
        return reports;
    }

    /** Whether it could send a report. */
    boolean hasReport() {
        return reports && !running.containsKey(REPORTS) && controller.isReportDue();
    }

    void sendReport() {
        resume(REPORTS, new Coroutine(name + " reports", controller::sendReport), Fate.GRANTED);
    }

    /** Where reports wait for their time, it will be looked at them. */
    void lookAtReportsLater() {
        if (reports && !looksAtReportsLater && !running.containsKey(REPORTS)) {
            controller.untilNextReport().ifPresent(delay -> {
                looksAtReportsLater = true;
                scheduler.later(this, delay, name + " looks at its reports", () -> looksAtReportsLater = false);
            });
        }
    }

    private void reconcile(String namespace) {
        try {
            Optional<Duration> next = controller.reconcile(namespace);
            retries.remove(namespace);
            failures.remove(namespace);
            next.filter(delay -> bug.comesBack()).ifPresent(delay -> callLater(namespace, delay, "comes back to"));
        } catch (RuntimeException e) {
            if (!Set.of("HeldException", "StaleViewException", "KubernetesClientException")
                    .contains(e.getClass().getSimpleName())) {
                scheduler.failed(name + " " + namespace + " failed: " + e);
            }
            scheduler.script(name + " " + namespace + " failed: " + e);
            Duration delay = retries.getOrDefault(namespace, FIRST_RETRY);
            Duration longer = delay.multipliedBy(3).dividedBy(2);
            retries.put(namespace, longer.compareTo(LAST_RETRY) < 0 ? longer : LAST_RETRY);
            if (failures.merge(namespace, 1, Integer::sum) <= bug.retries()) {
                callLater(namespace, delay, "tries again");
            }
        }
    }

    private void callLater(String namespace, Duration delay, String title) {
        int timer = timers.merge(namespace, 1, Integer::sum);
        scheduler.later(this, delay, name + " " + title + " " + namespace, () -> {
            if (timers.get(namespace) == timer) {
                wake(namespace);
            }
        });
    }

    /** @param fate of the request that it is about to send, if it is */
    void resume(Coroutine coroutine, Fate fate) {
        String namespace = running.entrySet().stream()
                .filter(entry -> entry.getValue() == coroutine)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        resume(namespace, coroutine, fate);
    }

    private void resume(String namespace, Coroutine coroutine, Fate fate) {
        running.put(namespace, coroutine);
        coroutine.resume(fate);
        if (coroutine.hasEnded()) {
            running.remove(namespace);
        }
    }

    /** Kinds of which the watch has something to show. */
    Collection<String> deliverable() {
        return watches.entrySet().stream()
                .filter(watch -> !watch.getValue().silent
                        && !watch.getValue().cut
                        && server.next(kind(watch.getKey()), watch.getValue().position)
                                .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String kind(String watch) {
        return watch.equals(PRIMARY) ? "Namespace" : watch;
    }

    void deliver(String kind) {
        Watch watch = watches.get(kind);
        Change change = server.next(kind(kind), watch.position).orElseThrow();
        scheduler.script(name + " is shown " + change.type() + " " + Judge.title(change.object()));
        watch.position = change.revision();
        if (change.type() == SimulatedApiServer.Type.DELETED) {
            watch.known.remove(SimulatedApiServer.Key.of(change.object()));
            handle(() -> watch.handler.gone(change.object()));
        } else {
            watch.known.put(
                    SimulatedApiServer.Key.of(change.object()),
                    change.object().getMetadata().getUid());
            handle(() -> watch.handler.seen(change.object()));
        }
    }

    /** The watch was cut, and what it would have shown is no longer kept: lists anew. */
    void relist(String kind) {
        scheduler.script(name + " lists " + kind + " anew");
        list(kind, server.revision());
    }

    /** The API server has become what it was some time ago: every watch has to be opened anew, at its time. */
    void cut() {
        watches.forEach((kind, watch) -> {
            watch.cut = true;
            boolean late = !kind.equals(PRIMARY) && scheduler.isLate();
            scheduler.later(
                    this, late ? SILENCE : Duration.ZERO, name + " opens the watch of " + kind + " anew", () -> {
                        if (watch.cut) {
                            relist(kind);
                        }
                    });
        });
        for (int time = 1; time <= COMPARISONS; time++) {
            scheduler.later(
                    this,
                    COMPARISON.multipliedBy(time),
                    name + " compares policies",
                    () -> scheduler.script(name + " compares them again after " + comparison.get()));
        }
    }

    Collection<String> kinds() {
        return watches.keySet();
    }

    /** The watch shows nothing until it is opened anew, which is when it is noticed. */
    void silence(String kind, boolean silent) {
        watches.get(kind).silent = silent;
    }

    /** @param asked at which revision, unless there is no such revision any longer */
    private void list(String kind, long asked) {
        long revision = Math.min(asked, server.revision());
        Watch watch = watches.get(kind);
        watch.cut = false;
        Map<SimulatedApiServer.Key, String> missing = new TreeMap<>(watch.known);
        for (HasMetadata object : server.listAt(kind(kind), revision)) {
            missing.remove(SimulatedApiServer.Key.of(object));
            watch.known.put(
                    SimulatedApiServer.Key.of(object), object.getMetadata().getUid());
            handle(() -> watch.handler.seen(object));
        }
        missing.forEach((key, uid) -> {
            watch.known.remove(key);
            handle(() -> watch.handler.gone(stub(kind(kind), key, uid)));
        });
        watch.position = revision;
        watch.handler.listed(
                Long.toString(revision),
                (key, uid) -> watch.known.entrySet().stream()
                        .anyMatch(known -> known.getKey().toString().equals(key)
                                && known.getValue().equals(uid)));
    }

    /** What an informer knows of an object whose deletion it was not shown. */
    private static HasMetadata stub(String kind, SimulatedApiServer.Key key, String uid) {
        HasMetadata stub = switch (kind) {
            case "Namespace" -> new io.fabric8.kubernetes.api.model.Namespace();
            case "Pod" -> new io.fabric8.kubernetes.api.model.Pod();
            case "NetworkPolicy" -> new NetworkPolicy();
            default -> {
                GenericKubernetesResource generic = new GenericKubernetesResource();
                generic.setKind(kind);
                yield generic;
            }
        };
        stub.setMetadata(new ObjectMetaBuilder()
                .withNamespace(key.namespace().isEmpty() ? null : key.namespace())
                .withName(key.name())
                .withUid(uid)
                .build());
        return stub;
    }

    private void handle(Runnable handling) {
        try {
            handling.run();
        } catch (RuntimeException e) {
            scheduler.failed(name + " could not handle an object: " + e);
        }
    }

    private <T> T send(String title, Sort sort, Supplier<T> request) {
        Coroutine coroutine = Coroutine.current();
        if (coroutine == null) {
            return scheduler.byProduct(title, request);
        }
        Fate fate = coroutine.pause(title, true, sort);
        if (fate.code != 0) {
            throw SimulatedApiServer.refusal(fate.code, fate == Fate.CONFLICT ? "Conflict" : fate.name(), title);
        }
        if (fate == Fate.DROPPED) {
            throw unanswered(title);
        }
        Supplier<T> once = () -> scheduler.byProduct(name + " " + title, request);
        KubernetesClientException refusal = null;
        T answer = null;
        try {
            answer = once.get();
            if (fate == Fate.SENT_TWICE) {
                answer = once.get();
            }
        } catch (KubernetesClientException e) {
            refusal = e;
        }
        if (fate == Fate.ANSWER_LOST) {
            throw unanswered(title);
        }
        coroutine.pause("answer to " + title, false, sort);
        if (refusal != null) {
            throw refusal;
        }
        return answer;
    }

    private static KubernetesClientException unanswered(String title) {
        return new KubernetesClientException(title + ": no answer", new IOException("connection reset"));
    }

    private final class Feed implements SimulatedInventory.Source {

        @Override
        public void start(Map<String, SimulatedInventory.Handler> handlersByKind) {
            handlersByKind.forEach((kind, handler) -> {
                watches.put(kind, new Watch(handler));
                // Until it is listed it has nothing to show.
                watches.get(kind).silent = true;
                long now = send("list " + kind, Sort.READ, server::revision);
                long revision = scheduler.firstList(kind, now);
                list(kind, revision);
                if (revision == now) {
                    watches.get(kind).silent = false;
                } else {
                    scheduler.script(Replica.this + " is given an old list of " + kind);
                    scheduler.later(Replica.this, BEHIND, name + " hears of " + kind, () -> silence(kind, false));
                }
            });
        }

        @Override
        public void compare(Supplier<Duration> compared) {
            comparison = compared;
        }

        @Override
        public String policies(Consumer<NetworkPolicy> each) {
            send("list NetworkPolicy", Sort.READ, () -> server.list("NetworkPolicy"))
                    .forEach(policy -> each.accept((NetworkPolicy) policy));
            return Long.toString(server.revision());
        }

        @Override
        public Optional<Instant> guardrailsDefinedSince() {
            return send("get definition of guardrails", Sort.READ, () -> server.defined("guardrails.bulkhead.dev"));
        }

        @Override
        public String policies(String namespace, Consumer<NetworkPolicy> each) {
            record Page(Collection<HasMetadata> policies, long revision) {}

            Page page = send(
                    "list NetworkPolicy of " + namespace,
                    Sort.READ,
                    () -> new Page(server.list("NetworkPolicy", namespace), server.revision()));
            page.policies().forEach(policy -> each.accept((NetworkPolicy) policy));
            return Long.toString(page.revision());
        }

        @Override
        public void readAnew(String kind) {
            scheduler.later(Replica.this, Duration.ZERO, name + " reads " + kind + " anew", () -> relist(kind));
        }

        @Override
        public void later(Duration delay, Runnable task) {
            scheduler.later(Replica.this, delay, name + " looks after guardrails", task);
        }
    }

    private final class Reads implements SimulatedController.Reads {

        @Override
        public Optional<Instant> defined(String definition) {
            return send("get definition " + definition, Sort.READ, () -> server.defined(definition));
        }

        @Override
        public Collection<HasMetadata> list(String kind) {
            // Others may wait for the answer, and in the simulation only one runs at a time.
            return scheduler.byProduct(name + " list " + kind, () -> current(kind));
        }

        @Override
        public Collection<HasMetadata> list(String kind, String namespace) {
            return send(
                    "list " + kind + " of " + namespace,
                    Sort.READ,
                    () -> current(kind).stream()
                            .filter(object ->
                                    namespace.equals(object.getMetadata().getNamespace()))
                            .toList());
        }

        private Collection<HasMetadata> current(String kind) {
            return bug.readsPastCaches() ? server.list(kind) : server.listAt(kind, watches.get(kind).position);
        }
    }

    private final class Policies implements PolicyApi {

        private final SimulatedPolicies policies = new SimulatedPolicies(server);

        @Override
        public LivePolicy create(dev.bulkhead.core.policy.NetworkPolicy policy) {
            return send("create " + policy.key(), Sort.WRITES_POLICY, () -> policies.create(policy));
        }

        @Override
        public LivePolicy replace(dev.bulkhead.core.policy.NetworkPolicy wanted, LivePolicy live) {
            return send("replace " + wanted.key(), Sort.WRITES_POLICY, () -> policies.replace(wanted, live));
        }

        @Override
        public void delete(LivePolicy live) {
            send("delete " + live.policy().key(), Sort.WRITES_POLICY, () -> {
                policies.delete(live);
                return live;
            });
        }

        @Override
        public Optional<LivePolicy> read(dev.bulkhead.core.policy.NetworkPolicy.Key key) {
            return send("get " + key, Sort.READ, () -> policies.read(key));
        }
    }

    private final class Statuses implements StatusApi {

        private final SimulatedStatuses simulated = new SimulatedStatuses(server);

        @Override
        public String patch(String kind, String namespace, String object, String uid, Map<String, Object> members) {
            String title = "status of " + kind + " " + (namespace == null ? "" : namespace + "/") + object;
            return send(title, Sort.WRITES_STATUS, () -> simulated.patch(kind, namespace, object, uid, members));
        }

        @Override
        public void create(Event event) {
            simulated.create(event);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
