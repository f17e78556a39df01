package dev.bulkhead.cluster.render;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadReference;
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
    public static String write(AccessIntent intent) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("workload", reference(intent.workload()));
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

    private static List<Object> rules(AccessIntent intent, Direction direction, String peer) {
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
        if (peer instanceof Peer.OfWorkload workload) {
            Map<String, Object> named = tree("namespace", workload.namespace());
            named.putAll(reference(workload.workload()));
            return tree("workload", named);
        }
        if (peer instanceof Peer.OfService service) {
            return tree("service", tree("namespace", service.namespace(), "name", service.name()));
        }
        if (peer instanceof Peer.OfNamespace namespace) {
            return tree("namespace", tree("name", namespace.name()));
        }
        if (peer instanceof Peer.OfSegment segment) {
            return tree("segment", tree("name", segment.name()));
        }
        if (peer instanceof Peer.OfWellKnown wellKnown) {
            return tree("wellKnown", wellKnown.name().label());
        }
        Peer.OfNetwork network = (Peer.OfNetwork) peer;
        Map<String, Object> block = tree("cidr", network.block().cidr().toString());
        List<Object> except = new ArrayList<>();
        network.block().except().forEach(hole -> except.add(hole.toString()));
        put(block, "except", except);
        return tree("network", block);
    }

    private static Map<String, Object> reference(WorkloadReference reference) {
        if (reference instanceof WorkloadReference.ServiceAccount account) {
            return tree("serviceAccount", account.name());
        }
        if (reference instanceof WorkloadReference.Owner owner) {
            return tree(
                    "owner",
                    tree("kind", owner.key().kind(), "name", owner.key().name()));
        }
        if (reference instanceof WorkloadReference.Labels labels) {
            return tree("podSelector", MAPPER.convertValue(SelectorRenderer.render(labels.selector()), TREE));
        }
        return tree("all", true);
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
