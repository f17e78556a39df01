package dev.bulkhead.testkit.faults;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What goes wrong with an event of a watch. Events are JSON texts, as the API server sends them. */
public interface WatchFault {

    /** How an event reaches the client. */
    interface Delivery {

        void now(String event);

        /** Behind all events that were delivered before it. */
        void after(Duration delay, String event);
    }

    void apply(String event, Delivery delivery);

    default boolean hidesTheEnd() {
        return false;
    }

    /** The connection stays open and delivers nothing, neither events nor bookmarks nor the end of the watch. */
    static WatchFault silent() {
        return new WatchFault() {
            @Override
            public void apply(String event, Delivery delivery) {}

            @Override
            public boolean hidesTheEnd() {
                return true;
            }
        };
    }

    /** Events of that kind are lost, the others are not. */
    static WatchFault without(Predicate<String> lost) {
        return (event, delivery) -> {
            if (!lost.test(event)) {
                delivery.now(event);
            }
        };
    }

    static WatchFault late(Duration delay) {
        return (event, delivery) -> delivery.after(delay, event);
    }

    static WatchFault duplicated() {
        return (event, delivery) -> {
            delivery.now(event);
            delivery.now(event);
        };
    }

    static WatchFault edited(UnaryOperator<String> edit) {
        return (event, delivery) -> delivery.now(edit.apply(event));
    }
}
