package dev.bulkhead.app.lint;

import dev.bulkhead.core.world.Direction;

/** How the parts of a policy are called in its manifest. */
final class PolicyFieldNames {

    private PolicyFieldNames() {}

    static String rules(Direction direction) {
        return direction == Direction.EGRESS ? "spec.egress" : "spec.ingress";
    }

    static String rule(Direction direction, int index) {
        return rules(direction) + "[" + index + "]";
    }

    static String peer(Direction direction, int index) {
        return peers(direction) + "[" + index + "]";
    }

    static String peers(Direction direction) {
        return direction == Direction.EGRESS ? ".to" : ".from";
    }
}
