package dev.bulkhead.cluster.render;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.common.FlowStyle;

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
        Map<String, Object> tree = mapper.convertValue(renderer.render(policy), TREE);
        return "---\n" + YamlText.document(FlowStyle.BLOCK, new TreeMap<>(tree));
    }
}
