package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people write from memory, and how it is written. */
final class RightForm {

    /** What can stand in YAML as it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,252}");

    private static final Pattern PORT = Pattern.compile("(\\d{1,5})(?:[/ ](?i)(tcp|udp|sctp))?");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})[-:](\\d{1,5})");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9./_-]{1,317})[=:] ?([A-Za-z0-9._-]{1,63})");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}(/\\d{1,3})?");

    /** By what the object that is meant takes: the words, in small letters, that are written for one of its fields. */
    private static final ImmutableMap<String, ImmutableSet<String>> WORDS = ImmutableMap.of(
            "serviceAccount", ImmutableSet.of("account", "sa", "service_account", "user", "identity"),
            "outbound", ImmutableSet.of("egress"),
            "inbound", ImmutableSet.of("ingress"),
            "port", ImmutableSet.of("containerport", "targetport", "number"),
            "service", ImmutableSet.of("svc"),
            "namespace", ImmutableSet.of("ns"));

    private static final ImmutableSet<String> ADDRESSES =
            ImmutableSet.of("cidr", "cidrs", "ip", "ipblock", "address", "addresses");
    private static final ImmutableSet<String> HOSTS =
            ImmutableSet.of("host", "hostname", "domain", "fqdn", "url", "dnsname");
    private static final ImmutableSet<String> LABELS = ImmutableSet.of("labels", "matchlabels", "selector", "label");
    private static final ImmutableSet<String> OF_WORKLOADS =
            ImmutableSet.of("serviceAccount", "owner", "podSelector", "all");

    private static final ImmutableMap<String, String> WELL_KNOWN = ImmutableMap.<String, String>builder()
            .put("dns", "KubeDNS")
            .put("coredns", "KubeDNS")
            .put("apiserver", "KubeAPIServer")
            .put("kubernetes", "KubeAPIServer")
            .put("api", "KubeAPIServer")
            .put("prometheus", "Monitoring")
            .put("metrics", "Monitoring")
            .put("ingress", "IngressController")
            .put("nginx", "IngressController")
            .put("gateway", "IngressController")
            .put("world", "Internet")
            .put("external", "Internet")
            .put("node", "Nodes")
            .buildOrThrow();

    private RightForm() {}

    /** Of a name among the well-known peers that there is under another name. */
    static Optional<String> wellKnown(String field, String word) {
        return field.endsWith(".wellKnown")
                ? Optional.ofNullable(WELL_KNOWN.get(word.toLowerCase(Locale.ROOT)))
                        .map(known -> "; write " + known)
                : Optional.empty();
    }

    /** Of a field that there is not, in an object that takes what was meant. */
    static Optional<String> ofField(Schema object, Tree.Entry entry) {
        Map<String, Schema> fields = object.properties();
        String word = entry.name().toLowerCase(Locale.ROOT);
        Optional<String> value = plain(entry.value());
        if (word.equals("port") && fields.containsKey("ports")) {
            return Optional.of("write ports: [" + value.map(RightForm::port).orElse("{port: NUMBER}") + "]");
        }
        for (Map.Entry<String, ImmutableSet<String>> known : WORDS.entrySet()) {
            if (known.getValue().contains(word) && fields.containsKey(known.getKey())) {
                return Optional.of("write " + known.getKey()
                        + value.map(found -> ": " + found).orElse(""));
            }
        }
        if (fields.containsKey("network") && ADDRESSES.contains(word)) {
            return Optional.of("write network: {cidr: " + value.orElse("RANGE") + "}");
        }
        if (fields.containsKey("network") && HOSTS.contains(word)) {
            return Optional.of("NetworkPolicies know no host names; write network: {cidr: RANGE} for the addresses"
                    + " behind it");
        }
        if (fields.containsKey("workload") && OF_WORKLOADS.contains(entry.name())) {
            return Optional.of("write workload: {" + entry.name() + ": " + value.orElse("…") + "}");
        }
        if (fields.containsKey("workload")
                && fields.containsKey("service")
                && entry.name().equals("namespace")) {
            return Optional.of("write workload: {namespace: " + value.orElse("NAME") + ", serviceAccount: NAME}");
        }
        if (fields.containsKey("podSelector") && LABELS.contains(word)) {
            return Optional.of("write podSelector: {matchLabels: {KEY: VALUE}}");
        }
        if (fields.containsKey("podSelector") && word.equals("app")) {
            return Optional.of("write podSelector: {matchLabels: {app: " + value.orElse("VALUE") + "}}");
        }
        if (fields.containsKey("owner") && (word.equals("kind") || word.equals("name"))) {
            return Optional.of("write serviceAccount: NAME, or owner: {kind: Deployment, name: NAME}");
        }
        return fields.containsKey("matchLabels") && value.isPresent()
                ? Optional.of("write matchLabels: {" + Excerpt.of(entry.name()) + ": " + value.get() + "}")
                : Optional.empty();
    }

    /** Of a text where an object is taken. */
    static Optional<String> ofText(String field, Tree tree, Schema schema) {
        String name = field.substring(field.lastIndexOf('.') + 1);
        Optional<String> text = plain(tree);
        if (schema.properties().containsKey("port") && schema.properties().containsKey("protocol")) {
            return Optional.of("write " + text.map(RightForm::port).orElse("{port: NUMBER}"));
        }
        Matcher label = LABEL.matcher(tree instanceof Tree.Scalar scalar ? String.valueOf(scalar.value()) : "");
        if (name.equals("podSelector") && label.matches()) {
            return Optional.of("write podSelector: {matchLabels: {" + label.group(1) + ": " + label.group(2) + "}}");
        }
        return text.flatMap(written -> switch (name) {
            case "service" -> Optional.of("write service: {" + named(written, "name") + "}");
            case "workload" ->
                Optional.of("write workload: {"
                        + (schema.properties().containsKey("namespace")
                                ? named(written, "serviceAccount")
                                : "serviceAccount: " + lastPart(written))
                        + "}");
            case "namespace", "segment" -> Optional.of("write " + name + ": {name: " + written + "}");
            case "network" -> Optional.of("write network: {cidr: " + written + "}");
            case "owner" -> Optional.of("write owner: {kind: " + kind(written) + ", name: " + lastPart(written) + "}");
            case "to", "from" -> Optional.of("write " + name + ": {" + peer(schema, written) + "}");
            default -> Optional.empty();
        });
    }

    /** Of a port that is written with its protocol, or with the last one of a range. */
    static Optional<String> ofPort(String field, String text) {
        Matcher protocol = PORT.matcher(text);
        Matcher range = RANGE.matcher(text);
        if (!field.endsWith(".port")) {
            return Optional.empty();
        }
        if (protocol.matches() && protocol.group(2) != null) {
            return Optional.of("write " + port(text));
        }
        return range.matches()
                ? Optional.of("write {port: " + range.group(1) + ", endPort: " + range.group(2) + "}")
                : Optional.empty();
    }

    private static String peer(Schema schema, String text) {
        Schema wellKnown = schema.properties().get("wellKnown");
        if (wellKnown != null && wellKnown.enumeration().contains(text)) {
            return "wellKnown: " + text;
        }
        return ADDRESS.matcher(text).matches() && text.matches(".*[.:].*")
                ? "network: {cidr: " + text + "}"
                : "workload: {" + named(text, "serviceAccount") + "}";
    }

    /** {@code ns/name} in two fields. */
    private static String named(String text, String field) {
        int slash = text.indexOf('/');
        return slash > 0 && slash < text.length() - 1
                ? "namespace: " + text.substring(0, slash) + ", " + field + ": " + lastPart(text)
                : field + ": " + text;
    }

    private static String kind(String text) {
        String before = text.contains("/") ? text.substring(0, text.indexOf('/')) : "";
        return OwnerAdvice.OWNERS.getOrDefault(before.toLowerCase(Locale.ROOT), "Deployment");
    }

    private static String lastPart(String text) {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    private static String port(String text) {
        Matcher parts = PORT.matcher(text);
        if (!parts.matches()) {
            return "{port: " + text + "}";
        }
        return "{port: " + parts.group(1)
                + (parts.group(2) == null ? "" : ", protocol: " + parts.group(2).toUpperCase(Locale.ROOT)) + "}";
    }

    private static Optional<String> plain(Tree tree) {
        return tree instanceof Tree.Scalar scalar
                ? Optional.of(String.valueOf(scalar.value()))
                        .filter(text -> PLAIN.matcher(text).matches())
                : Optional.empty();
    }
}
