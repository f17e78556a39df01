package dev.bulkhead.app.operator;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;

@OnControlPlane(ControlPlaneKind.EMBEDDED)
class OperatorOnEmbeddedControlPlaneTest extends OperatorTest {

    OperatorOnEmbeddedControlPlaneTest(ControlPlane controlPlane) {
        super(controlPlane);
    }
}
