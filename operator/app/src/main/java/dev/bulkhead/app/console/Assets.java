package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableMap;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** The page and what it is made of, read once; a fixed list, so that no path leads anywhere else. */
final class Assets {

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    /** A module that the page names, which it does with all of them: a folder of a jar cannot be asked. */
    private static final Pattern MODULE = Pattern.compile("\"assets/([a-z-]+\\.js)\"");

    private static final String PREACT = "META-INF/resources/webjars/preact/%s/";

    private final ImmutableMap<String, Asset> assets;

    /** One file. */
    static final class Asset {

        private final String type;
        private final byte[] body;
        private final String tag;

        private Asset(String type, byte[] body) {
            this.type = type;
            this.body = body;
            this.tag = '"' + Hashing.sha256().hashBytes(body).toString().substring(0, 32) + '"';
        }

        String type() {
            return type;
        }

        byte[] body() {
            return body.clone();
        }

        /** Changes with the contents: an ETag. */
        String tag() {
            return tag;
        }
    }

    Assets(SignIn signIn) {
        ImmutableMap.Builder<String, Asset> all = ImmutableMap.builder();
        String preact = PREACT.formatted(versionOfPreact());
        Asset index = read("console/page/index.html", "text/html; charset=utf-8");
        String page = new String(index.body, StandardCharsets.UTF_8);
        all.put("/", signIn == SignIn.BY_FORM_OR_LINK ? takingLinks(index) : index);
        all.put("/assets/style.css", read("console/page/style.css", "text/css; charset=utf-8"));
        all.put("/assets/favicon.svg", read("console/page/favicon.svg", "image/svg+xml"));
        all.put("/assets/preact.umd.js", read(preact + "dist/preact.umd.js", SCRIPT));
        all.put("/assets/hooks.umd.js", read(preact + "hooks/dist/hooks.umd.js", SCRIPT));
        all.put("/api/v1/openapi.yaml", read("console/openapi.yaml", "application/yaml"));
        MODULE.matcher(page)
                .results()
                .map(link -> link.group(1))
                .distinct()
                .forEach(module -> all.put("/assets/" + module, read("console/page/" + module, SCRIPT)));
        this.assets = all.build();
    }

    private static Asset takingLinks(Asset index) {
        String page = new String(index.body, StandardCharsets.UTF_8);
        return new Asset(
                index.type,
                page.replaceFirst("<html ", "<html data-sign-in-links ").getBytes(StandardCharsets.UTF_8));
    }

    Optional<Asset> at(String path) {
        return Optional.ofNullable(assets.get(path));
    }

    /** The jar's own word for it, so that the version is pinned where the others are. */
    private static String versionOfPreact() {
        Properties properties = new Properties();
        try (InputStream in =
                resource("META-INF/maven/org.webjars.npm/preact/pom.properties").openStream()) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static Asset read(String name, String type) {
        try {
            return new Asset(type, Resources.toByteArray(resource(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL resource(String name) {
        return Resources.getResource(name);
    }
}
