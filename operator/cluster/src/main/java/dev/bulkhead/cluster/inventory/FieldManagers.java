package dev.bulkhead.cluster.inventory;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Who wrote an object, as far as it says. */
public final class FieldManagers {

    /** The name under which the operator writes. */
    public static final String OURS = "bulkhead";

    /** Times are whole seconds; of two in the same one, whoever changed what the operator wrote came after it. */
    private static final Comparator<ManagedFieldsEntry> LATER = Comparator.comparing(ManagedFieldsEntry::getTime)
            .thenComparing(entry -> !entry.getManager().equals(OURS));

    private FieldManagers() {}

    /** Empty where the object does not say. */
    static String lastWriter(HasMetadata object) {
        List<ManagedFieldsEntry> entries =
                Objects.requireNonNullElse(object.getMetadata().getManagedFields(), List.of());
        return entries.stream()
                .filter(entry -> entry.getTime() != null)
                .max(LATER)
                .map(ManagedFieldsEntry::getManager)
                .orElse("");
    }
}
