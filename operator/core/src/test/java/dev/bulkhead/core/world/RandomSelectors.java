package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Selectors over few labels, among them such as nothing can match. */
public final class RandomSelectors {

    private static final ImmutableMap<String, List<String>> VALUES = ImmutableMap.of(
            "app",
            List.of("api", "db"),
            "tier",
            List.of("back", "front"),
            Identity.LABEL,
            List.of("default", "payments"));

    private final Random random;

    public RandomSelectors(long seed) {
        random = new Random(seed);
    }

    public LabelSelector selector() {
        LabelSelector selector = LabelSelector.everything();
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = List.copyOf(VALUES.keySet()).get(random.nextInt(VALUES.size()));
            selector = selector.and(key, requirement(VALUES.get(key)));
        }
        return selector;
    }

    private Requirement requirement(List<String> values) {
        List<String> one = List.of(values.get(random.nextInt(values.size())));
        return switch (random.nextInt(7)) {
            case 0, 1, 2 -> Requirement.in(one);
            case 3 -> Requirement.in(values);
            case 4 -> Requirement.notIn(one);
            case 5 -> Requirement.exists();
            default -> Requirement.doesNotExist();
        };
    }

    /** All that the selectors can tell apart: each label absent, with each value that they name, and with one more. */
    public static List<Map<String, String>> labels() {
        List<Map<String, String>> all = List.of(Map.of());
        for (Map.Entry<String, List<String>> label : VALUES.entrySet()) {
            List<Map<String, String>> more = new ArrayList<>(all);
            for (Map<String, String> labels : all) {
                List<String> values = new ArrayList<>(label.getValue());
                values.add("other");
                values.forEach(value -> {
                    Map<String, String> longer = new TreeMap<>(labels);
                    longer.put(label.getKey(), value);
                    more.add(longer);
                });
            }
            all = more;
        }
        return all;
    }
}
