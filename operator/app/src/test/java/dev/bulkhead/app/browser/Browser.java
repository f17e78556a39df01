package dev.bulkhead.app.browser;

import dev.bulkhead.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real browser without a screen, the system's own, which is told what to do and asked what it shows. Elements are
 * named by their {@code data-test}, or by any CSS selector.
 */
public final class Browser implements AutoCloseable {

    /** What a page on a laptop gets. */
    public static final int WIDTH = 1280;

    public static final int HEIGHT = 800;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--force-prefers-reduced-motion",
            "--window-size=" + WIDTH + "," + HEIGHT);

    private final Path profile;
    private final ChromeDriver driver;
    private final List<String> expected = new ArrayList<>();
    private String early = "";

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /** @return what this machine lacks for a browser; empty if nothing */
    static Optional<String> missing() {
        return Stream.of("chromium", "chromedriver")
                .filter(program -> onPath(program).isEmpty())
                .reduce((one, other) -> one + " and " + other)
                .map(programs ->
                        "no browser: install Debian's chromium and chromium-driver; not on the PATH: " + programs);
    }

    private static Optional<File> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst();
    }

    /** Starts one, with a profile of its own that goes with it. */
    public static Browser open() {
        missing().ifPresent(lack -> {
            throw new IllegalStateException(lack);
        });
        try {
            Path profile = Files.createTempDirectory("bulkhead-browser-");
            ChromeOptions options = new ChromeOptions();
            options.setBinary(onPath("chromium").orElseThrow());
            options.addArguments(FLAGS);
            options.addArguments("--user-data-dir=" + profile);
            LoggingPreferences logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, Level.ALL);
            options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
            // Both are named, so that Selenium does not look for others to fetch.
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(onPath("chromedriver").orElseThrow())
                    .build();
            return new Browser(profile, new ChromeDriver(service, options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As it was when it was started, with an empty page. */
    void reset() {
        driver.get("about:blank");
        beforeEachPage("");
        driver.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", "*", "storageTypes", "all"));
        prefer("light");
        size(WIDTH, HEIGHT);
        errors();
        expected.clear();
    }

    /**
     * What went wrong since the last time: errors on the browser's console, where what the Content-Security-Policy
     * forbids is told, too.
     */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> expected.stream().noneMatch(message::contains))
                .toList();
    }

    /** Browsers report an answer such as 401 as an error; in this test it is none. */
    public void expectStatus(int status) {
        expected.add("the server responded with a status of " + status);
    }

    public WebDriver driver() {
        return driver;
    }

    /** The size of what the page can use. */
    public void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** @param scheme {@code light} or {@code dark}, as the system's settings say */
    public void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    public void get(String address) {
        driver.get(address);
    }

    /** From now on each page runs this before anything of its own; instead of what was said before. */
    public void beforeEachPage(String script) {
        if (!early.isEmpty()) {
            driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", early));
        }
        early = driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
                .get("identifier")
                .toString();
    }

    /** The fragment of the address. */
    public String route() {
        return String.valueOf(run("return location.hash"));
    }

    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** A selector of what is marked for tests. */
    public static String hook(String name) {
        return "[data-test='" + name + "']";
    }

    /** The same, with an attribute. */
    public static String hook(String name, String attribute, String value) {
        return hook(name) + "[" + attribute + "='" + value + "']";
    }

    /** Waits for it. */
    public WebElement find(String selector) {
        await(selector, () -> has(selector));
        return driver.findElement(By.cssSelector(selector));
    }

    public List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    public boolean has(String selector) {
        return !all(selector).isEmpty();
    }

    /** Its text as it is in the document, whether or not it is in sight. */
    public String text(String selector) {
        find(selector);
        return String.valueOf(run("return document.querySelector(arguments[0]).textContent", selector));
    }

    public List<String> attributes(String selector, String attribute) {
        Object values = run(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.getAttribute(arguments[1]))",
                selector,
                attribute);
        return ((List<?>) values).stream().map(String::valueOf).toList();
    }

    public String value(String selector) {
        find(selector);
        return String.valueOf(run("return document.querySelector(arguments[0]).value", selector));
    }

    /** As a mouse does. */
    public void click(String selector) {
        find(selector).click();
    }

    /** In the place of what stands there. */
    public void type(String selector, CharSequence... keys) {
        WebElement field = find(selector);
        field.clear();
        field.sendKeys(keys);
    }

    /** To whatever has the focus. */
    public void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(Keys.chord(keys));
    }

    /** An attribute of what has the focus. */
    public String focused(String attribute) {
        return String.valueOf(run("return document.activeElement.getAttribute(arguments[0])", attribute));
    }

    public void await(String what, BooleanSupplier condition) {
        try {
            Await.until(what, PATIENCE, condition);
        } catch (IllegalStateException e) {
            Path picture = screenshot("failed");
            throw new AssertionError(
                    e.getMessage() + "; " + picture + " shows:\n" + run("return document.body.innerText") + "\n"
                            + errors(),
                    e);
        }
    }

    /** Keeps what is in sight as a picture. */
    public Path screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            return Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
