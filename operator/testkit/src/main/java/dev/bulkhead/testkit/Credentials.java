package dev.bulkhead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The users of a control plane and the tokens that say who they are. */
final class Credentials {

    static final String ADMINISTRATOR = "bulkhead-administrator";

    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    Credentials(List<Tenant> tenants) {
        add(ADMINISTRATOR, List.of("system:masters"));
        tenants.forEach(tenant -> add(tenant.name(), tenant.groups()));
    }

    /** @throws IllegalArgumentException if there is no such user */
    String token(String user) {
        String token = tokens.get(user);
        if (token == null) {
            throw new IllegalArgumentException("no tenant " + user + "; there are: " + tokens.keySet());
        }
        return token;
    }

    /** Writes the users in the form that kube-apiserver reads. */
    Path writeTokenFile(Path file) {
        try {
            return Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String user, List<String> groups) {
        String token = UUID.randomUUID().toString();
        if (tokens.put(user, token) != null) {
            throw new IllegalArgumentException("two tenants of the name " + user);
        }
        lines.add("%s,%s,%s,\"%s\"".formatted(token, user, user, String.join(",", groups)));
    }
}
