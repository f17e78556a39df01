package dev.bulkhead.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EmbeddedDemoTest {

    @Test
    void storyIsToldToItsEndOnTheEmbeddedControlPlane() {
        Terminal terminal = new Terminal();
        int exitCode = DemoMain.run(terminal.narrator(), false);
        assertEquals(0, exitCode, terminal::text);
        terminal.assertTellsEveryChapter();
    }
}
