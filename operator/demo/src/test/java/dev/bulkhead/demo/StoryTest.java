package dev.bulkhead.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableTable;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StoryTest {

    private static final ShopParty CLIENT = new ShopParty.Workload("web", "storefront");
    private static final ShopParty SERVER = new ShopParty.Workload("shop", "checkout");
    private static final PortSet HTTP = PortSet.port(Protocol.TCP, 8080);

    private final Terminal terminal = new Terminal();
    private final Narrator narrator = terminal.narrator();
    private final Claims claims = new Claims(narrator, Duration.ZERO);

    @Test
    void storyEndsWhereAClaimDoesNotHold() {
        Chapter untrue = chapter("the sky is green", () -> ClaimFinding.when(false, "blue"));
        Chapter never = chapter("never looked into", () -> ClaimFinding.when(true));
        assertFalse(new Story(narrator, List.of(untrue, never)).tell());
        assertTrue(terminal.text().contains("✗ the sky is green: blue"), terminal::text);
        assertFalse(terminal.text().contains("never looked into"), terminal::text);
    }

    @Test
    void storyIsToldToItsEndWhereEveryClaimHolds() {
        assertTrue(new Story(narrator, List.of(chapter("the sky is blue", () -> ClaimFinding.when(true)))).tell());
        assertTrue(terminal.text().contains("✓ the sky is blue"), terminal::text);
        assertEquals(1, claims.held());
    }

    @Test
    void gapIsSomethingClosedThatIsOpenBeforeAndAfter() {
        assertEquals(
                Optional.of("a gap from web/storefront to shop/checkout: TCP 8080"),
                Connectivity.flaw(open(PortSet.all()), open(PortSet.none()), open(HTTP)));
    }

    @Test
    void holeIsSomethingOpenThatIsClosedBeforeAndAfter() {
        assertEquals(
                Optional.of("a hole from web/storefront to shop/checkout: TCP 8080"),
                Connectivity.flaw(open(PortSet.none()), open(HTTP), open(PortSet.none())));
    }

    @Test
    void whatIsOnlyOpenBeforeOrOnlyAfterIsNoFlaw() {
        assertEquals(Optional.empty(), Connectivity.flaw(open(HTTP), open(PortSet.none()), open(PortSet.none())));
        assertEquals(Optional.empty(), Connectivity.flaw(open(HTTP), open(HTTP), open(PortSet.none())));
    }

    private Chapter chapter(String claim, Supplier<ClaimFinding> inquiry) {
        return new Chapter() {
            @Override
            public String title() {
                return "A chapter";
            }

            @Override
            public void tell() {
                claims.that(claim, inquiry);
            }
        };
    }

    private static Connectivity open(PortSet ports) {
        return new Connectivity(ImmutableTable.of(CLIENT, SERVER, new Opening(ports, ports)));
    }
}
