package dev.bulkhead.app.connection;

import dev.bulkhead.app.FailedException;
import dev.bulkhead.core.intent.Spelling;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Looks through kubeconfig files before the client library does, which takes what is wrong with them for nothing, or says so in
 * its own words. Of names that several files have, the first one counts.
 */
final class Kubeconfigs {

    private final Map<String, Context> contexts = new LinkedHashMap<>();
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final Map<String, AuthInfo> users = new LinkedHashMap<>();
    /** Paths in a file are relative to it. */
    private final IdentityHashMap<Object, Path> folders = new IdentityHashMap<>();

    private final String shown;
    private String current;

    private Kubeconfigs(List<Path> files) {
        this.shown = "the kubeconfig "
                + String.join(", ", files.stream().map(Path::toString).toList());
        files.forEach(this::read);
    }

    /**
     * Refuses what nothing can be reached by.
     *
     * @param context absent for the current one
     * @throws FailedException with what is wrong, and the way out
     */
    static void check(List<Path> files, Optional<String> context) {
        new Kubeconfigs(files).check(context);
    }

    private void read(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new FailedException("the kubeconfig " + file + " cannot be read");
        }
        Config config = parsed(file);
        if (current == null || current.isEmpty()) {
            current = config.getCurrentContext();
        }
        for (NamedContext one : present(config.getContexts())) {
            contexts.putIfAbsent(one.getName(), one.getContext());
        }
        for (NamedCluster one : present(config.getClusters())) {
            clusters.putIfAbsent(one.getName(), one.getCluster());
            folders.putIfAbsent(one.getCluster(), file.toAbsolutePath().getParent());
        }
        for (NamedAuthInfo one : present(config.getUsers())) {
            users.putIfAbsent(one.getName(), one.getUser());
            folders.putIfAbsent(one.getUser(), file.toAbsolutePath().getParent());
        }
    }

    private static <T> List<T> present(List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Config parsed(Path file) {
        Config config;
        try {
            config = Serialization.unmarshal(Files.readString(file), Config.class);
        } catch (IOException | RuntimeException e) {
            throw new FailedException("the kubeconfig " + file + " is no kubeconfig: it is not YAML of that shape;"
                    + " 'kubectl config view' shows what kubectl makes of it");
        }
        return Optional.ofNullable(config)
                .orElseThrow(() -> new FailedException("the kubeconfig " + file + " is empty"));
    }

    private void check(Optional<String> asked) {
        String name = asked.orElse(current);
        if (name == null || name.isEmpty()) {
            throw new FailedException(
                    shown + " has no current context; write --context NAME" + listed("; there is ", contexts));
        }
        Context context = find(name, contexts, "context");
        Cluster cluster = find(context.getCluster(), clusters, "cluster");
        requireAddress(context.getCluster(), cluster);
        requireFile(cluster, "certificate-authority", Cluster::getCertificateAuthority);
        if (context.getUser() != null && !context.getUser().isEmpty()) {
            AuthInfo user = find(context.getUser(), users, "user");
            requireFile(user, "client-certificate", AuthInfo::getClientCertificate);
            requireFile(user, "client-key", AuthInfo::getClientKey);
            requireProgram(context.getUser(), user);
        }
    }

    private <T> T find(String name, Map<String, T> known, String what) {
        T found = known.get(name);
        if (found == null) {
            throw new FailedException(shown + " has no " + what + " '" + name + "'"
                    + Spelling.nearest(String.valueOf(name), known.keySet())
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElseGet(() -> listed("; it has ", known)));
        }
        return found;
    }

    private static String listed(String before, Map<String, ?> known) {
        return known.isEmpty() ? "" : before + String.join(", ", known.keySet());
    }

    private void requireAddress(String name, Cluster cluster) {
        String server = String.valueOf(cluster.getServer());
        boolean isAddress;
        try {
            URI address = URI.create(server);
            isAddress = address.getHost() != null && List.of("http", "https").contains(address.getScheme());
        } catch (IllegalArgumentException e) {
            isAddress = false;
        }
        if (!isAddress) {
            throw new FailedException(shown + ": the cluster '" + name + "' has '" + server
                    + "' as its server; write an address such as https://192.0.2.1:6443");
        }
    }

    private <T> void requireFile(T holder, String field, Function<T, String> path) {
        String named = path.apply(holder);
        if (named != null
                && !named.isEmpty()
                && !Files.isReadable(folders.get(holder).resolve(named))) {
            throw new FailedException(shown + ": the file " + named + " of " + field + " cannot be read");
        }
    }

    /** One that gives credentials; what it says itself nobody but the library hears. */
    private void requireProgram(String name, AuthInfo user) {
        if (user.getExec() == null) {
            return;
        }
        String command = String.valueOf(user.getExec().getCommand());
        boolean found = command.contains("/")
                ? Files.isExecutable(folders.get(user).resolve(command))
                : Stream.of(Optional.ofNullable(System.getenv("PATH"))
                                .orElse("")
                                .split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
        if (!found) {
            throw new FailedException(shown + ": the program '" + command + "' that gives the credentials of user '"
                    + name + "' is not there; install it");
        }
    }
}
