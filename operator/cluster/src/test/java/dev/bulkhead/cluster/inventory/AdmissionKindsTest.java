package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionKindsTest {

    private static final String V1 = "admissionregistration.k8s.io/v1";
    private static final String BETA = "admissionregistration.k8s.io/v1beta1";

    private final KubernetesClient client = mock();

    @Test
    void eachKindIsTakenInItsStableVersionWhereThereIsOne() {
        serve(V1, "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration");
        serve(BETA, "MutatingAdmissionPolicy", "ValidatingAdmissionPolicy");
        assertEquals(
                List.of(
                        new AdmissionKinds.Kind(BETA, "MutatingAdmissionPolicy"),
                        new AdmissionKinds.Kind(V1, "ValidatingAdmissionPolicy"),
                        new AdmissionKinds.Kind(V1, "ValidatingAdmissionPolicyBinding")),
                new AdmissionKinds(client).served());
    }

    @Test
    void anApiServerWithoutThemHasNone() {
        assertEquals(List.of(), new AdmissionKinds(client).served());
    }

    @Test
    void anApiServerThatDoesNotAnswerIsNotOneWithoutThem() {
        when(client.getApiResources(V1)).thenThrow(new KubernetesClientException("away"));
        assertThrows(KubernetesClientException.class, () -> new AdmissionKinds(client).served());
    }

    private void serve(String version, String... kinds) {
        APIResourceList list = new APIResourceList();
        list.setResources(Arrays.stream(kinds)
                .map(kind -> new APIResourceBuilder().withKind(kind).build())
                .toList());
        when(client.getApiResources(version)).thenReturn(list);
    }
}
