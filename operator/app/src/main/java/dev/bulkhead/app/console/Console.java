package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.sun.net.httpserver.HttpExchange;
import dev.bulkhead.app.console.Problem.Status;
import dev.bulkhead.cluster.access.NamespaceGate;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.access.User;
import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.cluster.render.PolicyYaml;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Answers one request under {@code /api/v1}, for whoever asks. */
final class Console {

    static final String PREFIX = "/api/v1/";
    static final String EVENTS = "events";
    private static final String WHAT_IF = "what-if";
    private static final String NAMESPACES = "namespaces/";
    /** Of a body that is sent: more than the largest intent that the API server takes. */
    static final int LARGEST_BODY = 256 * 1024;

    private final ObservedCluster observed;
    private final ViewedClusters clusters;
    private final NamespaceGate gate;
    private final RequestTurns turns;
    private final PolicyYaml yaml = new PolicyYaml(new PolicyRenderer());

    private interface Asking {
        ConsoleAnswer ask(Inquiry inquiry);
    }

    /**
     * Something that is asked.
     *
     * @param sent with it; empty where nothing is taken
     */
    private record Inquiry(User user, ViewedCluster cluster, RequestParameters question, String sent) {}

    /**
     * One place.
     *
     * @param parameters those it takes
     */
    private record Place(Set<String> parameters, Asking asking) {}

    private final ImmutableMap<String, Place> places = ImmutableMap.<String, Place>builder()
            .put("overview", new Place(Set.of(), quick(this::overview)))
            .put("exposure", new Place(Set.of(), slow(Console::exposure)))
            .put("platform", new Place(Set.of(), quick(Console::platform)))
            .put("rules", new Place(RulesPage.PARAMETERS, quick(Console::rules)))
            .put("graph", new Place(Set.of("by", "namespaces"), slow(Console::graph)))
            .put(
                    "connectivity",
                    new Place(
                            CommandQuestions.CONNECTIVITY,
                            slow(inquiry -> CommandQuestions.connectivity(inquiry.cluster(), inquiry.question()))))
            .put(
                    "explain",
                    new Place(
                            CommandQuestions.EXPLAIN,
                            slow(inquiry -> CommandQuestions.explain(inquiry.cluster(), inquiry.question()))))
            .put("who-can-reach", new Place(CommandQuestions.BLAST_RADIUS, blastRadius(Direction.INGRESS)))
            .put("reachable-from", new Place(CommandQuestions.BLAST_RADIUS, blastRadius(Direction.EGRESS)))
            .put(WHAT_IF, new Place(WhatIf.PARAMETERS, this::whatIf))
            .build();

    Console(ObservedCluster observed, ViewedClusters clusters, NamespaceGate gate, RequestTurns turns) {
        this.observed = observed;
        this.clusters = clusters;
        this.gate = gate;
        this.turns = turns;
    }

    /** What each place takes, but those that have names in their paths. */
    ImmutableMap<String, Set<String>> parameters() {
        return ImmutableMap.copyOf(Maps.transformValues(places, Place::parameters));
    }

    /**
     * The method that a path takes.
     *
     * @throws ProblemException where there is no such path
     */
    String method(String path) {
        String place = path.substring(PREFIX.length());
        if (place.equals(WHAT_IF)) {
            return "POST";
        }
        if (places.containsKey(place) || place.equals(EVENTS) || isNamespace(place)) {
            return "GET";
        }
        throw new ProblemException(
                Status.NOT_FOUND, "there is nothing here; " + PREFIX + "openapi.yaml lists what there is");
    }

    private static boolean isNamespace(String place) {
        return place.startsWith(NAMESPACES) && place.indexOf('/', NAMESPACES.length()) < 0;
    }

    /**
     * The answer, once it has been worked out.
     *
     * @throws ProblemException where there is nothing to be said, and why
     */
    ConsoleAnswer answer(HttpExchange exchange, User user) {
        URI uri = exchange.getRequestURI();
        String path = uri.getPath().substring(PREFIX.length());
        Place place = isNamespace(path)
                ? new Place(Set.of(), quick(inquiry -> namespace(inquiry, path.substring(NAMESPACES.length()))))
                : places.get(path);
        RequestParameters question = RequestParameters.of(uri, place.parameters());
        if (!path.equals(WHAT_IF)) {
            return place.asking().ask(new Inquiry(user, clusters.of(scope(user)), question, ""));
        }
        // Whoever sends slowly keeps none of the few turns meanwhile.
        return turns.ofSenders(user, () -> {
            String sent = body(exchange);
            return place.asking().ask(new Inquiry(user, clusters.of(scope(user)), question, sent));
        });
    }

    private Asking quick(Asking asking) {
        return inquiry -> turns.ofShortOnes(() -> asking.ask(inquiry));
    }

    private Asking slow(Asking asking) {
        return inquiry -> turns.ofLongOnes(inquiry.user(), () -> asking.ask(inquiry));
    }

    private Asking blastRadius(Direction direction) {
        return slow(inquiry -> CommandQuestions.blastRadius(inquiry.cluster(), inquiry.question(), direction));
    }

    /** @throws ProblemException where they may see nothing, or that cannot be found out */
    Scope scope(User user) {
        if (!observed.hasReadAll()) {
            throw new ProblemException(Status.UNAVAILABLE, "the cluster has not been read yet; try again in a moment");
        }
        try {
            Scope scope = gate.scope(
                    user, clusters.latest().snapshot().world().namespaces().keySet());
            if (scope.namespaces().isEmpty()) {
                throw new ProblemException(
                        Status.FORBIDDEN,
                        user.name() + " may get the networkpolicies of no namespace; ask for the role view in yours");
            }
            return scope;
        } catch (KubernetesClientException e) {
            throw Caller.unknowable();
        }
    }

    private ConsoleAnswer overview(Inquiry inquiry) {
        return ConsoleAnswer.json(Overview.of(inquiry.cluster(), inquiry.user(), observed.isLeading()));
    }

    private static ConsoleAnswer exposure(Inquiry inquiry) {
        return ConsoleAnswer.json(Exposure.of(inquiry.cluster()));
    }

    private static ConsoleAnswer platform(Inquiry inquiry) {
        if (!inquiry.cluster().scope().everything()) {
            throw new ProblemException(
                    Status.FORBIDDEN, "what the platform team says is shown to whoever sees all namespaces");
        }
        return ConsoleAnswer.json(Platform.of(inquiry.cluster()));
    }

    private ConsoleAnswer namespace(Inquiry inquiry, String name) {
        Optional<Namespace> namespace = inquiry.cluster().namespaces().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        return ConsoleAnswer.json(NamespacePage.of(
                inquiry.cluster(),
                namespace.orElseThrow(() -> CommandQuestions.notSeen(CommandQuestions.shown(name))),
                yaml));
    }

    private static ConsoleAnswer rules(Inquiry inquiry) {
        String state = inquiry.question().optional("state").orElse("");
        if (!state.isEmpty() && !RuleStateCounts.ALL.contains(state)) {
            throw new ProblemException(Status.BAD_REQUEST, "state is one of " + String.join(", ", RuleStateCounts.ALL));
        }
        Set<String> namespaces =
                CommandQuestions.seen(inquiry.cluster(), inquiry.question().list("namespaces"));
        return ConsoleAnswer.json(RulesPage.of(inquiry.cluster(), state, namespaces));
    }

    private static ConsoleAnswer graph(Inquiry inquiry) {
        Graph.By by = inquiry.question().word("by", Graph.By.class, Graph.By.NAMESPACE);
        Set<String> namespaces =
                CommandQuestions.seen(inquiry.cluster(), inquiry.question().list("namespaces"));
        return ConsoleAnswer.json(inquiry.cluster().graph(by, namespaces));
    }

    private ConsoleAnswer whatIf(Inquiry inquiry) {
        WhatIf whatIf = new WhatIf(inquiry.cluster(), namespace -> gate.mayDeclare(inquiry.user(), namespace));
        try {
            whatIf.requireDeclarer(inquiry.question(), inquiry.sent());
            return turns.ofLongOnes(inquiry.user(), () -> whatIf.answer(inquiry.question(), inquiry.sent()));
        } catch (KubernetesClientException e) {
            throw Caller.unknowable();
        }
    }

    private static String body(HttpExchange exchange) {
        try {
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                throw new ProblemException(
                        Status.CONTENT_TOO_LARGE,
                        "at most " + LARGEST_BODY + " bytes can be sent; send less at a time");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(Status.BAD_REQUEST, "what was sent is not UTF-8");
        } catch (IOException e) {
            throw new ProblemException(Status.BAD_REQUEST, "what was sent broke off");
        }
    }
}
