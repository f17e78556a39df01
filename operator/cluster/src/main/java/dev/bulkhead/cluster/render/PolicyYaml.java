package dev.bulkhead.cluster.render;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/** Policies as one YAML text: equal policies in equal order give equal bytes. */
public final class PolicyYaml {

    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private final PolicyRenderer renderer;
    private final ObjectMapper mapper = new ObjectMapper();

    public PolicyYaml(PolicyRenderer renderer) {
        this.renderer = renderer;
    }

    /** One document for each policy, each begun by {@code ---}; keys in the order in which kubectl shows them. */
    public String write(Collection<NetworkPolicy> policies) {
        return policies.stream().map(this::document).collect(Collectors.joining());
    }

    private String document(NetworkPolicy policy) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setExplicitStart(true)
                .setSplitLines(false)
                .build();
        Map<String, Object> tree = mapper.convertValue(renderer.render(policy), TREE);
        return new Dump(settings, new Representer(settings)).dumpToString(new TreeMap<>(tree));
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
