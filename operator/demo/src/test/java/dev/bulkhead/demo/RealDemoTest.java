package dev.bulkhead.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.ChartAccount;
import dev.bulkhead.testkit.junit.OnControlPlane;
import org.junit.jupiter.api.Test;

@OnControlPlane(ControlPlaneKind.REAL)
class RealDemoTest {

    @Test
    void storyIsToldToItsEndOnARealControlPlane(ControlPlane controlPlane) {
        Terminal terminal = new Terminal();
        ChartAccount account = ChartAccount.ofOperator(controlPlane);
        account.create();
        boolean told = new Demo(controlPlane, account.configuration(), terminal.narrator()).run(invitation -> {});
        assertTrue(told, terminal::text);
        terminal.assertTellsEveryChapter();
    }
}
