package dev.bulkhead.testkit;

import java.util.List;

/**
 * A user other than the administrator, who may do what RBAC grants to the name or the groups.
 *
 * @param name the user's name, as RoleBindings name it
 * @param groups the groups besides {@code system:authenticated}, which everybody is in
 */
public record Tenant(String name, List<String> groups) {

    public Tenant {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9:._-]*")) {
            throw new IllegalArgumentException("not a user's name: " + name);
        }
        groups = List.copyOf(groups);
    }

    public Tenant(String name) {
        this(name, List.of());
    }
}
