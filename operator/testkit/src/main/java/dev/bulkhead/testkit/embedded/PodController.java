package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts each new pod on a node and says that it runs there, with an address of its own. */
final class PodController implements Controller {

    private final ObjectStore store;
    private final Operations operations;
    private int pods;

    PodController(ObjectStore store, Operations operations) {
        this.store = store;
        this.operations = operations;
    }

    @Override
    public Stream<ObjectKey> concerned(ObjectChange change) {
        return change.key().type().equals(ResourceTypes.PODS) && change.after() != null
                ? Stream.of(change.key())
                : Stream.empty();
    }

    @Override
    public void reconcile(ObjectKey key) {
        List<ObjectNode> nodes = store.list(ResourceTypes.NODES);
        Optional<ObjectNode> pod = store.get(key).filter(PodController::isWaiting);
        if (pod.isEmpty() || nodes.isEmpty()) {
            return;
        }
        pods++;
        ObjectNode node = nodes.get(pods % nodes.size());
        operations.update(key, false, live -> placed(live, Json.name(node)), false);
        operations.update(
                key,
                true,
                live -> running(live, node.at("/status/addresses/0/address").asText()),
                false);
    }

    private static boolean isWaiting(ObjectNode pod) {
        return !Json.isBeingDeleted(pod) && pod.at("/status/phase").asText().equals("Pending");
    }

    private static ObjectNode placed(ObjectNode pod, String node) {
        ObjectNode next = pod.deepCopy();
        next.withObject("/spec").put("nodeName", node);
        return next;
    }

    private ObjectNode running(ObjectNode pod, String hostAddress) {
        boolean hostNetwork = pod.at("/spec/hostNetwork").asBoolean();
        String address = hostNetwork ? hostAddress : "10.128." + pods / 250 + "." + (pods % 250 + 1);
        ObjectNode next = pod.deepCopy();
        ObjectNode status = next.putObject("status").put("phase", "Running");
        status.put("hostIP", hostAddress).put("podIP", address);
        status.putArray("podIPs").addObject().put("ip", address);
        status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
        status.set("startTime", pod.at("/metadata/creationTimestamp"));
        return next;
    }
}
