package dev.bulkhead.cluster.inventory;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Who wrote an object, as far as it says. */
final class FieldManagers {

    private FieldManagers() {}

    /** Empty where the object does not say. */
    static String lastWriter(HasMetadata object) {
        List<ManagedFieldsEntry> entries =
                Objects.requireNonNullElse(object.getMetadata().getManagedFields(), List.of());
        return entries.stream()
                .filter(entry -> entry.getTime() != null)
                .max(Comparator.comparing(ManagedFieldsEntry::getTime))
                .map(ManagedFieldsEntry::getManager)
                .orElse("");
    }
}
