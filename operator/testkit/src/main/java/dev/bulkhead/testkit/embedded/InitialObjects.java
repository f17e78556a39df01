package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What there is in every cluster from the start. */
final class InitialObjects {

    private final Operations operations;

    InitialObjects(Operations operations) {
        this.operations = operations;
    }

    void create(int nodes) {
        for (String namespace : new String[] {"default", "kube-system", "kube-public", "kube-node-lease"}) {
            create(new ObjectKey(ResourceTypes.NAMESPACES, "", namespace));
        }
        for (int i = 1; i <= nodes; i++) {
            createNode(new ObjectKey(ResourceTypes.NODES, "", "node-" + i), "198.51.100." + i);
        }
        createApiServersService();
    }

    private ObjectNode create(ObjectKey key) {
        return operations.create(key.type(), key.namespace(), Objects.named(key), false);
    }

    private void createNode(ObjectKey key, String address) {
        create(key);
        operations.update(
                key,
                true,
                live -> {
                    ObjectNode next = live.deepCopy();
                    ObjectNode status = next.putObject("status");
                    status.putArray("addresses")
                            .addObject()
                            .put("type", "InternalIP")
                            .put("address", address);
                    status.putArray("conditions")
                            .addObject()
                            .put("type", "Ready")
                            .put("status", "True");
                    return next;
                },
                false);
    }

    private void createApiServersService() {
        ObjectNode service = Objects.named(new ObjectKey(ResourceTypes.SERVICES, "default", "kubernetes"));
        service.putObject("spec")
                .put("clusterIP", "10.96.0.1")
                .putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", 443)
                .put("targetPort", 6443);
        operations.create(ResourceTypes.SERVICES, "default", service, false);

        ObjectNode slice = Objects.named(new ObjectKey(ResourceTypes.ENDPOINT_SLICES, "default", "kubernetes"));
        Json.metadata(slice).putObject("labels").put("kubernetes.io/service-name", "kubernetes");
        slice.put("addressType", "IPv4");
        ObjectNode endpoint = slice.putArray("endpoints").addObject();
        endpoint.putArray("addresses").add("192.0.2.1");
        endpoint.putObject("conditions").put("ready", true);
        slice.putArray("ports")
                .addObject()
                .put("name", "https")
                .put("port", 6443)
                .put("protocol", "TCP");
        operations.create(ResourceTypes.ENDPOINT_SLICES, "default", slice, false);
    }
}
