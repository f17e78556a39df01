package dev.bulkhead.cluster.slim;

import com.fasterxml.jackson.core.filter.TokenFilter;
import java.util.HashMap;
import java.util.Map;

/** Which fields of an object are kept, with all that is in them. Lists are passed through: each element is treated alike. */
final class KeptFields extends TokenFilter {

    private final Map<String, TokenFilter> fields = new HashMap<>();

    private KeptFields() {}

    /** @param paths such as {@code spec/containers/ports}; in a name of a field, {@code ~1} stands for a slash, as in RFC 6901 */
    static KeptFields of(String... paths) {
        KeptFields root = new KeptFields();
        for (String path : paths) {
            root.keep(path);
        }
        return root;
    }

    private void keep(String path) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            fields.put(path.replace("~1", "/"), INCLUDE_ALL);
        } else {
            TokenFilter inside = fields.computeIfAbsent(path.substring(0, slash), field -> new KeptFields());
            if (inside instanceof KeptFields some) {
                some.keep(path.substring(slash + 1));
            }
        }
    }

    @Override
    public TokenFilter includeProperty(String name) {
        return fields.get(name);
    }

    @Override
    protected boolean _includeScalar() {
        return false;
    }
}
