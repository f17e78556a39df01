package dev.bulkhead.app.console;

import dev.bulkhead.app.Pages;
import dev.bulkhead.app.browser.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A picture of what is in sight that the documentation shows. {@code -Dbulkhead.pictures.update=true} writes it there;
 * without it it is only taken, as any other screenshot.
 */
final class DocumentationPicture {

    private static final Path FOLDER = Pages.DOCS.resolve("images");

    private DocumentationPicture() {}

    static void take(Browser browser, String name) {
        Path picture = browser.screenshot(name);
        if (Boolean.getBoolean("bulkhead.pictures.update")) {
            try {
                Files.copy(picture, FOLDER.resolve(name + ".png"), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
