package dev.bulkhead.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

@OnControlPlane(ControlPlaneKind.EMBEDDED)
class TideTest {

    /** Or it would ask a client that is closed meanwhile, and its thread would end with a stack trace on the terminal. */
    @RepeatedTest(60)
    void nothingIsAskedOfTheClientOnceItIsClosed(ControlPlane controlPlane) {
        Tide tide = new Tide(controlPlane.client(), new Shop(controlPlane.client()));
        tide.start();

        tide.close();

        List<Thread> left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tide"))
                .toList();
        assertTrue(left.isEmpty(), left::toString);
    }
}
