package dev.bulkhead.bench;

import dev.bulkhead.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Chromium, which says itself how long it took to show a page. */
final class ConsoleBrowser implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final String address;
    private final Path profile;
    private final ChromeDriver driver;

    ConsoleBrowser(String address, String token) {
        this.address = address;
        try {
            profile = Files.createTempDirectory("bulkhead-browser-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(onPath("chromium"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1280,800",
                "--user-data-dir=" + profile);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(onPath("chromedriver"))
                        .build(),
                options);
        driver.executeCdpCommand(
                "Page.addScriptToEvaluateOnNewDocument",
                Map.of(
                        "source",
                        "if (location.protocol !== 'about:') sessionStorage.setItem('bulkhead.token', '" + token
                                + "')"));
    }

    private static File onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not on the PATH: " + program));
    }

    /** @return how many milliseconds it took from the navigation to a page that can be used */
    double load(String route) {
        driver.get("about:blank");
        driver.get(address + "/" + route);
        Await.until(route, LIMIT, () -> mark() != null);
        return ((Number) mark()).doubleValue();
    }

    private Object mark() {
        return driver.executeScript(
                "return performance.getEntriesByName('bulkhead:interactive')[0]?.startTime ?? null");
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
