package dev.bulkhead.app.attack;

import java.util.Locale;

/** What an attacker is after. */
enum Goal {
    REACH("Reach another team's workload"),
    BE_REACHED("Be reached by one that should not"),
    ESCAPE("Escape one's baseline"),
    GUARDRAIL("Pass a guardrail"),
    LEARN("Learn about another namespace"),
    DISTURB("Stop or slow the operator for others");

    private final String title;

    Goal(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    String anchor() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The file that has its attacks that has its attacks, such as {@code be-reached.yaml}. */
    String file() {
        return anchor() + ".yaml";
    }
}
