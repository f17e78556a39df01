package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Turns changes into the events that one watch is to get, and hands them on as text. */
final class Watch implements Consumer<ObjectChange> {

    private final ObjectStore store;
    private final Target target;
    private final Selector selector;
    private final UnaryOperator<ObjectNode> shown;
    private final Consumer<String> events;

    /** @param shown how the client wants to have the objects */
    Watch(
            ObjectStore store,
            Target target,
            Selector selector,
            UnaryOperator<ObjectNode> shown,
            Consumer<String> events) {
        this.store = store;
        this.target = target;
        this.selector = selector;
        this.shown = shown;
        this.events = events;
    }

    /**
     * Begins to hand on events.
     *
     * @param resourceVersion after which events are wanted; empty or 0 for the objects there are, too
     */
    void start(String resourceVersion) {
        try {
            if (resourceVersion.isEmpty() || resourceVersion.equals("0")) {
                store.listenFromStart(target.type(), this);
            } else {
                store.listenFrom(Long.parseLong(resourceVersion), this);
            }
        } catch (NumberFormatException e) {
            send(
                    "ERROR",
                    ApiException.badRequest("resourceVersion " + resourceVersion)
                            .status());
        } catch (ApiException e) {
            send("ERROR", e.status());
        }
    }

    void stop() {
        store.stopListening(this);
    }

    void bookmark() {
        store.betweenChanges(version -> {
            ObjectNode object = Json.object();
            object.put("kind", target.type().kind())
                    .put("apiVersion", target.type().apiVersion(target.version()));
            Json.metadata(object).put("resourceVersion", Long.toString(version));
            send("BOOKMARK", object);
        });
    }

    @Override
    public void accept(ObjectChange change) {
        if (!target.covers(change.key())) {
            return;
        }
        boolean was = change.before() != null && selector.test(change.before());
        boolean is = change.after() != null && selector.test(change.after());
        if (is) {
            send(was ? "MODIFIED" : "ADDED", shown.apply(change.after()));
        } else if (was) {
            send("DELETED", shown.apply(change.last()));
        }
    }

    private void send(String type, JsonNode object) {
        ObjectNode event = Json.object();
        event.put("type", type).set("object", object);
        events.accept(Json.text(event));
    }
}
