package dev.bulkhead.app.explain;

import com.google.common.base.Splitter;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.util.List;
import java.util.stream.Stream;

/** Which intents stand behind a rule, as the policy itself says. */
public final class IntentsBehindRule {

    private IntentsBehindRule() {}

    /** By namespace and name; none for a policy by others, and for what the segment grants. */
    public static List<String> intents(NetworkPolicy policy, Direction direction, int rule) {
        if (!Marker.isManaged(policy.labels())) {
            return List.of();
        }
        String place = (direction == Direction.EGRESS ? "egress[" : "ingress[") + rule + "]=";
        String all = policy.annotations().getOrDefault(Marker.INTENTS, "");
        String ofRule = Splitter.on("; ")
                .splitToStream(policy.annotations().getOrDefault(Marker.PROVENANCE, ""))
                .filter(line -> line.startsWith(place))
                .map(line -> line.substring(place.length()))
                .findFirst()
                .orElse(all);
        return Stream.of(ofRule)
                .flatMap(names -> Splitter.on(',').omitEmptyStrings().splitToStream(names))
                .map(name -> name.contains("/") ? name : policy.key().namespace() + "/" + name)
                .toList();
    }
}
