package dev.bulkhead.cluster.slim;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.filter.FilteringGeneratorDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.CountingOutputStream;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The mark of an object that was too large to be read. */
public final class TooLarge {

    /** An annotation that no object can have, as the API server refuses its name. */
    static final String MARK = "bulkhead.dev/too large";

    /** What is wrong with such an object. */
    public static final String PROBLEM = "it is too large to be read";

    private static final ObjectMapper JSON = new ObjectMapper();

    private TooLarge() {}

    /** Whether only the metadata are known that tell which object it is. */
    public static boolean isMarked(HasMetadata object) {
        return object.getMetadata().getAnnotations() != null
                && object.getMetadata().getAnnotations().containsKey(MARK);
    }

    /**
     * Marks an object that a watch has delivered whole, if {@link SlimLists} would mark it in a list. Without this, such an object
     * would be known until the operator is started again. The two agree to within the few bytes that name the kind.
     *
     * @param kind as in {@code NetworkPolicy}
     * @param object whose annotations are replaced by the mark
     */
    public static void markIfTooLarge(String kind, HasMetadata object) {
        SlimKind.of(kind)
                .filter(slim -> !isMarked(object) && size(object, slim) > slim.maximum())
                .ifPresent(slim -> object.getMetadata().setAnnotations(Map.of(MARK, "")));
    }

    private static long size(HasMetadata object, SlimKind kind) {
        CountingOutputStream counted = new CountingOutputStream(OutputStream.nullOutputStream());
        try (JsonGenerator all = SlimBody.JSON.createGenerator(counted);
                JsonGenerator kept = new FilteringGeneratorDelegate(
                        all,
                        kind.kept(),
                        TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH,
                        /* allowMultipleMatches= */ true)) {
            JSON.writeValue(kept, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counted.getCount();
    }
}
