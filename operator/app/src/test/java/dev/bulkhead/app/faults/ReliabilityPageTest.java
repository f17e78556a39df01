package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.app.Pages;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reliability.md names each fault test, under its number, and no test that is not there. */
class ReliabilityPageTest {

    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(f\\d\\d_\\w+)`");
    private static final Pattern NUMBERED = Pattern.compile("f\\d\\d_\\w+");
    /** Of another module's tests, which are not on the class path here. */
    private static final String SIMULATION =
            "operator/cluster/src/test/java/dev/bulkhead/cluster/simulation/SimulationTest.java";

    private static final Pattern METHOD = Pattern.compile("void (f\\d\\d_\\w+)\\(");
    private static final Pattern ROW = Pattern.compile("^\\| (F\\d\\d) \\|(.*)$", Pattern.MULTILINE);

    @Test
    void thePageNamesEachFaultTestUnderItsNumber() {
        Stream<String> faults = Stream.of(ApiErrorsTest.class, WatchFaultsTest.class, FoundByRunningTest.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(Method::getName)
                        .filter(name -> NUMBERED.matcher(name).matches())
                        .map(name -> numbered(type.getSimpleName(), name)));
        Stream<String> simulated = METHOD.matcher(Pages.text(Pages.ROOT.resolve(SIMULATION)))
                .results()
                .map(method -> numbered("SimulationTest", method.group(1)));
        Set<String> there = Stream.concat(faults, simulated).collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = ROW.matcher(Pages.text(Pages.ROOT.resolve("operator/docs/reliability.md")))
                .results()
                .flatMap(ReliabilityPageTest::tests)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(there, named);
    }

    private static String numbered(String type, String test) {
        return test.substring(0, 3).toUpperCase(Locale.ROOT) + " " + type + "." + test;
    }

    private static Stream<String> tests(MatchResult row) {
        return TEST.matcher(row.group(2))
                .results()
                .map(test -> row.group(1) + " " + test.group(1) + "." + test.group(2));
    }
}
