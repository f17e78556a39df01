package dev.bulkhead.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;

/** What the parts of the contract share: a namespace for each test, and the objects that tests begin with. */
abstract class Contract {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    final KubernetesClient client;
    final String namespace = "test-" + UUID.randomUUID().toString().substring(0, 8);

    Contract(KubernetesClient client) {
        this.client = client;
    }

    @BeforeEach
    final void createNamespace() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        await(
                "the namespace has its service account",
                () -> client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName("default")
                                .get()
                        != null);
    }

    @AfterEach
    final void deleteNamespace() {
        client.namespaces().withName(namespace).delete();
    }

    static void await(String what, BooleanSupplier condition) {
        Await.until(what, LIMIT, condition);
    }

    static KubernetesClientException assertRefused(int code, Executable request) {
        KubernetesClientException refused = assertThrows(KubernetesClientException.class, request);
        assertEquals(code, refused.getCode(), refused.getMessage());
        return refused;
    }

    /** Makes sure that the control plane serves gadgets, which have a status subresource. */
    final void defineGadgets() {
        client.load(Contract.class.getResourceAsStream("gadgets.yaml"))
                .items()
                .forEach(definition -> client.resource(definition).createOr(NonDeletingOperation::update));
        await("gadgets are served", () -> {
            try {
                client.genericKubernetesResources("testkit.bulkhead.dev/v1alpha1", "Gadget")
                        .inNamespace(namespace)
                        .list();
                return true;
            } catch (KubernetesClientException e) {
                return false;
            }
        });
    }

    final GenericKubernetesResource gadget(String name) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("testkit.bulkhead.dev/v1alpha1")
                .withKind("Gadget")
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }

    final ConfigMap configMap(String name, Map<String, String> labels) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .withLabels(labels)
                .endMetadata()
                .build();
    }
}
