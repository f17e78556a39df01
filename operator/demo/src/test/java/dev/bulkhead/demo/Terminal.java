package dev.bulkhead.demo;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** A terminal whose text can be read. */
final class Terminal {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Narrator narrator() {
        return new Narrator(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    void assertTellsEveryChapter() {
        assertAll(Stream.of(
                        "1  Observe: ",
                        "2  Enforce: ",
                        "3  Handshake: ",
                        "4  Scale: ",
                        "5  Withdraw: ",
                        "6  Repair: ",
                        "7  Attack: ",
                        "All of it is true")
                .map(heading -> () -> assertTrue(text().contains("\n" + heading), () -> heading + " in\n" + text())));
    }
}
