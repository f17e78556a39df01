package dev.bulkhead.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.bulkhead.app.Pages;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The quick start, step by step as the page has it, as far as that goes without a container daemon: each step is given what the
 * one before has made. That the image starts as the chart runs it, and that the chart installs, have tests of their own.
 */
class QuickStartTest {

    private static final Path PAGE = Pages.DOCS.resolve("quick-start.md");
    private static final Pattern PUSHED =
            Pattern.compile("skopeo copy docker-archive:(\\S+)\\s+docker://REGISTRY/(\\S+?)`");
    private static final Pattern SET = Pattern.compile("--set (image\\.repository)=REGISTRY/(\\w+)");

    private static List<String> commands() {
        return Pages.blocks(PAGE, "console").stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static List<String> command(String beginning) {
        return commands().stream()
                .filter(command -> command.startsWith(beginning))
                .map(command -> List.of(command.split(" ", -1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the page has no command " + beginning));
    }

    private static String option(List<String> command, String option) {
        assertTrue(command.contains(option), command + " has no " + option);
        return command.get(command.indexOf(option) + 1);
    }

    private static String found(Pattern pattern, int group) {
        return pattern.matcher(Pages.text(PAGE))
                .results()
                .map((MatchResult found) -> found.group(group))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the page has no " + pattern));
    }

    /** As the build of the image says it. */
    private static String ofImage(String regex) {
        return Pattern.compile(regex)
                .matcher(Pages.text(Pages.ROOT.resolve("operator/image/pom.xml")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static Deployment operator(Map<String, String> values) {
        List<String> install = command("helm install ");
        Path chart = Pages.ROOT.resolve(install.get(3));
        assertTrue(Files.exists(chart.resolve("Chart.yaml")), chart.toString());
        TemplateCommand template =
                new Helm(chart).template().withName(install.get(2)).withNamespace(option(install, "--namespace"));
        values.forEach(template::set);
        return ((List<?>) new KubernetesSerialization()
                        .<Object>unmarshal(template.withKubeVersion("1.36.3").call()))
                .stream()
                        .filter(Deployment.class::isInstance)
                        .map(Deployment.class::cast)
                        .findFirst()
                        .orElseThrow();
    }

    private static String image(Deployment deployment) {
        return deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    @Test
    void theStepsStandInTheOrderInWhichTheyWork() {
        assertEquals(
                List.of("kind create cluster", "mvn -Pimage", "kind load image-archive", "helm install bulkhead"),
                commands().stream()
                        .map(command -> String.join(
                                " ", Stream.of(command.split(" ", -1)).limit(3).toList()))
                        .map(command -> command.strip())
                        .toList());
    }

    @Test
    void theImageIsLoadedFromWhereTheBuildPutsItIntoTheClusterThatWasMade() {
        List<String> load = command("kind load image-archive ");

        assertEquals(option(command("kind create cluster "), "--name"), option(load, "--name"));
        assertEquals(
                "operator/image/target/" + ofImage("<tar>\\$\\{project\\.build\\.directory}/([^<]+)</tar>"),
                load.get(3));
    }

    @Test
    void theChartAsItIsInstalledAsksForTheImageThatIsLoaded() {
        Deployment operator = operator(Map.of());

        assertEquals(ofImage("<image\\.name>([^<]+)</image\\.name>"), image(operator));
        assertEquals(
                option(command("helm install "), "--namespace"),
                operator.getMetadata().getNamespace());
        assertTrue(Pages.text(PAGE).contains("The chart asks for `" + image(operator) + "`"));
    }

    @Test
    void onAnotherClusterTheChartAsksForWhatWasPushed() {
        assertEquals(command("kind load image-archive ").get(3), found(PUSHED, 1));

        assertEquals(
                "REGISTRY/" + found(PUSHED, 2), image(operator(Map.of(found(SET, 1), "REGISTRY/" + found(SET, 2)))));
    }
}
