package dev.bulkhead.cluster.render;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Trees as YAML: equal trees give equal bytes, and any reader reads back what was written. */
final class YamlText {

    private YamlText() {}

    /** One document, without a mark at its begin. */
    static String document(FlowStyle style, Map<String, Object> tree) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(style)
                .setSplitLines(false)
                .build();
        return new Dump(settings, new Representer(settings)).dumpToString(tree);
    }

    /** Quotes what any reader might take for something else than text: {@code on} is a boolean to kubectl. */
    private static final class Representer extends StandardRepresenter {

        private static final Pattern PLAIN = Pattern.compile("[A-Za-z][-A-Za-z0-9./_]*");
        private static final Set<String> WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

        Representer(DumpSettings settings) {
            super(settings);
        }

        @Override
        protected Node representScalar(Tag tag, String value, ScalarStyle style) {
            boolean plain = !tag.equals(Tag.STR)
                    || (PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(Locale.ROOT)));
            return super.representScalar(tag, value, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
        }
    }
}
