package dev.bulkhead.testkit.faults;

import java.util.Set;
import java.util.regex.Pattern;

/** Which requests a rule is about: those that fit everything that is said. */
public record Match(Set<String> verbs, Set<String> resources, Pattern namespace, Pattern name, Pattern userAgent) {

    private static final Pattern ANYTHING = Pattern.compile(".*");

    public Match {
        verbs = Set.copyOf(verbs);
        resources = Set.copyOf(resources);
    }

    public static Match all() {
        return new Match(Set.of(), Set.of(), ANYTHING, ANYTHING, ANYTHING);
    }

    /** Such as {@code list} and {@code patch}. */
    public static Match verbs(String... verbs) {
        return new Match(Set.of(verbs), Set.of(), ANYTHING, ANYTHING, ANYTHING);
    }

    public static Match writes() {
        return verbs("create", "update", "patch", "delete", "deletecollection");
    }

    public static Match watches() {
        return verbs("watch");
    }

    /** In plural, such as {@code networkpolicies}. */
    public Match of(String... plural) {
        return new Match(verbs, Set.of(plural), namespace, name, userAgent);
    }

    /** @param expression for the whole name; requests for all namespaces have an empty one */
    public Match in(String expression) {
        return new Match(verbs, resources, Pattern.compile(expression), name, userAgent);
    }

    /** @param expression for the whole name; requests that name no object have an empty one */
    public Match named(String expression) {
        return new Match(verbs, resources, namespace, Pattern.compile(expression), userAgent);
    }

    /** @param expression for the whole user agent */
    public Match by(String expression) {
        return new Match(verbs, resources, namespace, name, Pattern.compile(expression));
    }

    boolean fits(ApiRequest request) {
        return (verbs.isEmpty() || verbs.contains(request.verb()))
                && (resources.isEmpty() || resources.contains(request.resource()))
                && namespace.matcher(request.namespace()).matches()
                && name.matcher(request.name()).matches()
                && userAgent.matcher(request.userAgent()).matches();
    }
}
