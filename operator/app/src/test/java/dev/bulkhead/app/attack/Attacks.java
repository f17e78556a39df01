package dev.bulkhead.app.attack;

import com.google.common.collect.Maps;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** All attacks, from the files of {@code attacks/}, one for each goal: a new attack needs no code. */
final class Attacks {

    private static final Set<String> FIELDS = Set.of(
            "name",
            "means",
            "situations",
            "steps",
            "ranges",
            "restart",
            "viewer",
            "meanwhile",
            "told",
            "unwritten",
            "closed",
            "after",
            "limit",
            "unreserved");

    private Attacks() {}

    static List<Attack> all() {
        return Stream.of(Goal.values()).flatMap(goal -> of(goal).stream()).toList();
    }

    static List<Attack> of(Goal goal) {
        List<Attack> attacks = new ArrayList<>();
        for (Object entry : (List<?>) read("/attacks/" + goal.file())) {
            attacks.add(attack(goal, map(entry)));
        }
        return attacks;
    }

    private static Attack attack(Goal goal, Map<String, Object> entry) {
        if (!FIELDS.containsAll(entry.keySet())) {
            throw new IllegalArgumentException("not an attack: " + entry.keySet());
        }
        Map<String, List<Step>> situations = new LinkedHashMap<>();
        map(entry.getOrDefault("situations", Map.of()))
                .forEach((name, steps) -> situations.put(name, steps(steps, "administrator", "pay")));
        return new Attack(
                goal,
                (String) entry.get("name"),
                (String) entry.get("means"),
                situations,
                steps(entry.get("steps"), "attacker", "shop"),
                entry.getOrDefault("ranges", "told").equals("unknown"),
                Boolean.TRUE.equals(entry.get("restart")),
                (String) entry.getOrDefault("viewer", "shop"),
                steps(entry.get("meanwhile"), "victim", "pay"),
                Maps.transformValues(map(entry.getOrDefault("told", Map.of())), String::valueOf),
                list(entry.get("unwritten")).stream().map(String::valueOf).toList(),
                list(entry.get("closed")).stream().map(String::valueOf).toList(),
                steps(entry.get("after"), "administrator", "shop"),
                Optional.ofNullable((String) entry.get("limit")),
                Optional.ofNullable((String) entry.get("unreserved")));
    }

    private static List<Step> steps(Object steps, String user, String namespace) {
        return list(steps).stream()
                .map(step -> Step.of(map(step), user, namespace))
                .toList();
    }

    private static List<?> list(Object value) {
        return value == null ? List.of() : (List<?>) value;
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, found) -> map.put((String) key, found));
        return map;
    }

    private static Object read(String file) {
        // Attacks share what is alike in them by anchors.
        LoadSettings settings =
                LoadSettings.builder().setMaxAliasesForCollections(10_000).build();
        try (InputStream yaml = Attacks.class.getResourceAsStream(file)) {
            return new Load(settings).loadFromInputStream(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
