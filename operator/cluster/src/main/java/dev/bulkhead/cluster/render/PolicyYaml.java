package dev.bulkhead.cluster.render;

import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collection;
import java.util.stream.Collectors;

/** Policies as one YAML text: equal policies in equal order give equal bytes. */
public final class PolicyYaml {

    private final PolicyRenderer renderer;

    public PolicyYaml(PolicyRenderer renderer) {
        this.renderer = renderer;
    }

    /** One document for each policy, each begun by {@code ---}. */
    public String write(Collection<NetworkPolicy> policies) {
        return policies.stream()
                .map(renderer::render)
                .map(Serialization::asYaml)
                .map(PolicyYaml::asDocument)
                .collect(Collectors.joining());
    }

    private static String asDocument(String yaml) {
        String begun = yaml.startsWith("---") ? yaml : "---\n" + yaml;
        return begun.endsWith("\n") ? begun : begun + "\n";
    }
}
