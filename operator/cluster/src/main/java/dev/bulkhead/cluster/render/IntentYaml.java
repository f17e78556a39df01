package dev.bulkhead.cluster.render;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Direction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Intents as people write them: what means the same is written the same. */
public final class IntentYaml {

    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private IntentYaml() {}

    /** One document; it reads back as the very same intent. */
    public static String write(DeclaredIntent intent) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (!intent.description().isEmpty()) {
            spec.put("description", intent.description());
        }
        spec.put("workload", intent.workload().fold(new ReferenceYaml()));
        put(spec, "outbound", rules(intent, Direction.EGRESS, "to"));
        put(spec, "inbound", rules(intent, Direction.INGRESS, "from"));
        return YamlText.document(
                FlowStyle.AUTO,
                tree(
                        "apiVersion",
                        "bulkhead.dev/v1alpha1",
                        "kind",
                        "AccessIntent",
                        "metadata",
                        tree(
                                "name", intent.key().name(),
                                "namespace", intent.key().namespace()),
                        "spec",
                        spec));
    }

    private static List<Object> rules(DeclaredIntent intent, Direction direction, String peer) {
        List<Object> rules = new ArrayList<>();
        for (Rule rule : intent.rules()) {
            if (rule.direction() == direction) {
                Map<String, Object> written = tree(peer, peer(rule.peer()));
                if (!rule.ports().isEmpty()) {
                    written.put(
                            "ports",
                            PortRenderer.render(rule.ports()).stream()
                                    .map(IntentYaml::port)
                                    .toList());
                }
                if (!rule.reason().isEmpty()) {
                    written.put("reason", rule.reason());
                }
                rules.add(written);
            }
        }
        return rules;
    }

    private static Map<String, Object> port(NetworkPolicyPort port) {
        // A whole protocol is a range like any other here.
        IntOrString first = port.getPort() == null ? new IntOrString(1) : port.getPort();
        Integer last = port.getPort() == null ? Integer.valueOf(65535) : port.getEndPort();
        Map<String, Object> written = tree("port", first.getValue());
        if (last != null) {
            written.put("endPort", last);
        }
        if (!port.getProtocol().equals("TCP")) {
            written.put("protocol", port.getProtocol());
        }
        return written;
    }

    private static Map<String, Object> peer(Peer peer) {
        return peer.fold(new PeerYaml());
    }

    private static final class PeerYaml implements Peer.Cases<Map<String, Object>> {

        @Override
        public Map<String, Object> workload(Peer.OfWorkload peer) {
            Map<String, Object> named = tree("namespace", peer.namespace());
            named.putAll(peer.workload().fold(new ReferenceYaml()));
            return tree("workload", named);
        }

        @Override
        public Map<String, Object> service(Peer.OfService peer) {
            return tree("service", tree("namespace", peer.namespace(), "name", peer.name()));
        }

        @Override
        public Map<String, Object> namespace(Peer.OfNamespace peer) {
            return tree("namespace", tree("name", peer.name()));
        }

        @Override
        public Map<String, Object> segment(Peer.OfSegment peer) {
            return tree("segment", tree("name", peer.name()));
        }

        @Override
        public Map<String, Object> network(Peer.OfNetwork peer) {
            Map<String, Object> block = tree("cidr", peer.block().cidr().toString());
            List<Object> except = new ArrayList<>();
            peer.block().except().forEach(hole -> except.add(hole.toString()));
            put(block, "except", except);
            return tree("network", block);
        }

        @Override
        public Map<String, Object> wellKnown(Peer.OfWellKnown peer) {
            return tree("wellKnown", peer.name().label());
        }
    }

    private static final class ReferenceYaml implements WorkloadSelector.Cases<Map<String, Object>> {

        @Override
        public Map<String, Object> serviceAccount(WorkloadSelector.ServiceAccount reference) {
            return tree("serviceAccount", reference.name());
        }

        @Override
        public Map<String, Object> owner(WorkloadSelector.Owner reference) {
            return tree(
                    "owner",
                    tree("kind", reference.key().kind(), "name", reference.key().name()));
        }

        @Override
        public Map<String, Object> labels(WorkloadSelector.Labels reference) {
            return tree("podSelector", MAPPER.convertValue(SelectorRenderer.render(reference.selector()), TREE));
        }

        @Override
        public Map<String, Object> all(WorkloadSelector.All reference) {
            return tree("all", true);
        }
    }

    private static void put(Map<String, Object> tree, String field, List<Object> list) {
        if (!list.isEmpty()) {
            tree.put(field, list);
        }
    }

    /** In the order in which it is given. */
    private static Map<String, Object> tree(Object... fieldsAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            tree.put((String) fieldsAndValues[i], fieldsAndValues[i + 1]);
        }
        return tree;
    }
}
