package dev.bulkhead.app.browser;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a {@link Browser}: one for all, new to each. A test fails, too, if the browser reports an
 * error.
 *
 * <p>Where this machine has none the tests are skipped, loudly; or they fail, if the environment variable
 * {@value BrowserExtension#REQUIRE} is {@code true}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserExtension.class)
public @interface InBrowser {}
