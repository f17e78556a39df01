package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import org.junit.jupiter.api.Test;

class FieldManagersTest {

    @Test
    void theLatestIsNamed() {
        assertEquals("kubectl", lastWriter(wrote("bulkhead", 1), wrote("kubectl", 3), wrote("argocd", 2)));
    }

    @Test
    void inTheSameSecondWhoeverCameAfterTheOperatorIs() {
        assertEquals("kubectl", lastWriter(wrote("bulkhead", 1), wrote("kubectl", 1)));
        assertEquals("kubectl", lastWriter(wrote("kubectl", 1), wrote("bulkhead", 1)));
    }

    @Test
    void anObjectThatDoesNotSayNamesNobody() {
        assertEquals("", lastWriter());
    }

    @Test
    void anEntryWithoutTimeCountsForNothing() {
        ManagedFieldsEntry undated =
                new ManagedFieldsEntryBuilder().withManager("kubectl").build();
        assertEquals("argocd", lastWriter(wrote("argocd", 1), undated));
        assertEquals("", lastWriter(undated));
    }

    private static ManagedFieldsEntry wrote(String manager, int second) {
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withTime("2026-01-01T00:00:0" + second + "Z")
                .build();
    }

    private static String lastWriter(ManagedFieldsEntry... entries) {
        return FieldManagers.lastWriter(new NetworkPolicyBuilder()
                .withNewMetadata()
                .withManagedFields(entries)
                .endMetadata()
                .build());
    }
}
