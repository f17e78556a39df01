package dev.bulkhead.app.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.compile.WellKnownMeaning;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The API server and the operator take the same ranges for private: what is not the internet is said in both. */
class PrivateRangesTest {

    private static final Pattern RANGE = Pattern.compile("[0-9a-f.:]+/[1-9][0-9]*");

    @Test
    void admissionAndOperatorMeanTheSameByTheInternet() throws IOException {
        String policy = Files.readAllLines(Path.of(
                        System.getProperty("bulkhead.root"), "charts/bulkhead/files/guardrails/guardrails.yaml"))
                .stream()
                .filter(line -> line.contains("\"169.254.0.0/16\""))
                .findFirst()
                .orElseThrow();
        String internet = WellKnownMeaning.all(
                        World.withoutAddresses(ImmutableSortedMap.of(), ClusterFacts.unknown(true)),
                        Declarations.of(List.of(), List.of(), List.of(), WellKnownPlaces.nothing(), List.of()))
                .stream()
                .filter(meaning -> meaning.name() == WellKnown.INTERNET)
                .findFirst()
                .orElseThrow()
                .words();

        assertEquals(ranges(internet), ranges(policy));
    }

    private static Set<String> ranges(String text) {
        Set<String> ranges = new TreeSet<>();
        RANGE.matcher(text).results().forEach(match -> ranges.add(match.group()));
        return ranges;
    }
}
