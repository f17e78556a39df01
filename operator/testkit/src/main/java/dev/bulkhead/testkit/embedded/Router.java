package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Answers every request that is not a watch. */
final class Router {

    private final ObjectStore store;
    private final ResourceTypes types;
    private final Operations operations;
    private final Discovery discovery;
    private final Tables tables;
    private final Tokens tokens = new Tokens();

    Router(ObjectStore store, ResourceTypes types, Operations operations) {
        this.store = store;
        this.types = types;
        this.operations = operations;
        discovery = new Discovery(store, types);
        tables = new Tables(store);
    }

    Response answer(Request request) {
        try {
            if (request.contentType().contains("protobuf") && !isTokenRequest(request)) {
                throw ApiException.unsupportedMediaType(
                        "the embedded control plane reads JSON and YAML; give kubectl a file to apply");
            }
            if (List.of("readyz", "healthz", "livez").contains(String.join("/", request.path()))) {
                return Response.ok(new TextNode("ok"));
            }
            if (request.path().size() == 4 && request.path().get(1).equals("authorization.k8s.io")) {
                return Response.created(AccessReviews.answer(Json.readObject(request.body())));
            }
            if (request.path().size() == 4 && request.path().get(1).equals("authentication.k8s.io")) {
                return Response.created(tokens.review(Json.readObject(request.body())));
            }
            Optional<ObjectNode> described = discovery.answer(request.path());
            if (described.isPresent()) {
                return Response.ok(described.get());
            }
            Target target = Target.of(request.path(), types);
            return target.isCollection() ? collection(target, request) : object(target, request);
        } catch (ApiException e) {
            return Response.refused(e);
        }
    }

    private static boolean isTokenRequest(Request request) {
        List<String> path = request.path();
        return path.size() == 7
                && path.get(4).equals("serviceaccounts")
                && path.get(6).equals("token");
    }

    private Response collection(Target target, Request request) {
        return switch (request.method()) {
            case "GET" -> Response.ok(shown(target, request, list(target, request)));
            case "POST" ->
                Response.created(operations.create(
                        target.type(), target.namespace(), identified(target, request), request.dryRun()));
            case "DELETE" -> {
                ObjectNode found = list(target, request);
                found.path("items")
                        .forEach(item -> operations.delete(
                                ObjectKey.of(target.type(), item), MissingNode.getInstance(), request.dryRun()));
                yield Response.ok(found);
            }
            default -> throw ApiException.methodNotAllowed(request.method());
        };
    }

    private Response object(Target target, Request request) {
        return switch (target.subresource()) {
            case "" -> itself(target, request);
            case "status" -> status(target, request);
            case "scale" -> scale(target, request);
            case "token" -> token(target, request);
            default -> throw ApiException.notFound("subresource " + target.subresource());
        };
    }

    private Response itself(Target target, Request request) {
        return switch (request.method()) {
            case "GET" -> Response.ok(shown(target, request, operations.get(target.key())));
            case "PUT" -> Response.ok(replace(target, request, false));
            case "PATCH" -> Response.ok(patch(target, request, false));
            case "DELETE" -> {
                JsonNode options =
                        request.body().isBlank() ? MissingNode.getInstance() : Json.readObject(request.body());
                boolean dryRun = request.dryRun() || options.path("dryRun").size() > 0;
                yield Response.ok(operations.delete(target.key(), options.path("preconditions"), dryRun));
            }
            default -> throw ApiException.methodNotAllowed(request.method());
        };
    }

    private ObjectNode shown(Target target, Request request, ObjectNode found) {
        return request.wantsTable() ? tables.of(target, found, request.parameter("includeObject")) : found;
    }

    private Response status(Target target, Request request) {
        if (!target.type().status()) {
            throw ApiException.notFound("the status of " + target.type().qualifiedPlural());
        }
        return switch (request.method()) {
            case "GET" -> Response.ok(operations.get(target.key()));
            case "PUT" -> Response.ok(replace(target, request, true));
            case "PATCH" -> Response.ok(patch(target, request, true));
            default -> throw ApiException.methodNotAllowed(request.method());
        };
    }

    private Response scale(Target target, Request request) {
        UnaryOperator<ObjectNode> change = switch (request.method()) {
            case "GET" -> UnaryOperator.identity();
            case "PUT" -> live -> Scale.applyTo(live, Json.readObject(request.body()));
            case "PATCH" ->
                live -> Scale.applyTo(live, Patches.apply(request.contentType(), request.body(), Scale.of(live)));
            default -> throw ApiException.methodNotAllowed(request.method());
        };
        return Response.ok(Scale.of(operations.update(target.key(), false, change, request.dryRun())));
    }

    private Response token(Target target, Request request) {
        if (!target.type().equals(ResourceTypes.SERVICE_ACCOUNTS)
                || !request.method().equals("POST")) {
            throw ApiException.notFound("the token of " + target.type().qualifiedPlural());
        }
        operations.get(target.key());
        // What kubectl sends as protobuf asks for a token and says how long it is to last, which all do here.
        ObjectNode asked = request.contentType().contains("protobuf")
                ? Json.object().put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1")
                : Json.readObject(request.body());
        return Response.created(
                tokens.make(asked, target.namespace(), target.key().name()));
    }

    private ObjectNode replace(Target target, Request request, boolean status) {
        ObjectNode wanted = identified(target, request);
        return operations.update(target.key(), status, live -> wanted, request.dryRun());
    }

    private ObjectNode patch(Target target, Request request, boolean status) {
        if (request.contentType().contains("apply-patch")) {
            return operations.apply(
                    target.key(),
                    status,
                    identified(target, request),
                    request.parameter("fieldManager"),
                    request.isTrue("force"),
                    request.dryRun());
        }
        return operations.update(
                target.key(),
                status,
                live -> Patches.apply(request.contentType(), request.body(), live),
                request.dryRun());
    }

    private ObjectNode list(Target target, Request request) {
        Selector selector = request.selector();
        ObjectStore.Snapshot snapshot = store.snapshot(target.type());
        String after = decoded(request.parameter("continue"));
        int limit = request.parameter("limit").isEmpty() ? 0 : Integer.parseInt(request.parameter("limit"));
        ObjectNode list = Json.object()
                .put("kind", target.type().kind() + "List")
                .put("apiVersion", target.type().apiVersion(target.version()));
        ObjectNode metadata = Json.metadata(list).put("resourceVersion", Long.toString(snapshot.version()));
        ArrayNode items = list.putArray("items");
        for (ObjectNode object : snapshot.objects()) {
            if (target.covers(ObjectKey.of(target.type(), object))
                    && position(object).compareTo(after) > 0
                    && selector.test(object)) {
                if (limit > 0 && items.size() == limit) {
                    metadata.put("continue", encoded(position(items.get(limit - 1))));
                    break;
                }
                items.add(object);
            }
        }
        return list;
    }

    // No name has a character below this separator, so that positions are in the order of lists.
    private static String position(JsonNode object) {
        return Json.namespace(object) + '\0' + Json.name(object);
    }

    private static String encoded(String position) {
        return Base64.getUrlEncoder().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String token) {
        return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    }

    private static ObjectNode identified(Target target, Request request) {
        ObjectNode object = Json.readObject(request.body());
        object.put("kind", target.type().kind());
        object.put("apiVersion", target.type().apiVersion(target.version()));
        return object;
    }
}
