package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.HTTP;
import static dev.bulkhead.core.plan.Policies.anybody;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.creation;
import static dev.bulkhead.core.plan.Policies.deletion;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.update;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WriteSequenceTest {

    private final NetworkPolicy closed = ingress("shop/cart", app("cart"));
    private final NetworkPolicy open = ingress("shop/cart", app("cart"), anybody(HTTP));
    private final NetworkPolicy web = ingress("shop/web", app("web"));

    @Test
    void whatIsNotThereIsCreatedAndWhatIsThereUpdated() {
        WriteSequence script = new WriteSequence(List.of(closed));
        script.put(open);
        script.put(web);

        assertEquals(List.of(update(open), creation(web)), script.order().writes());
    }

    @Test
    void aWriteThatWouldChangeNothingIsNone() {
        WriteSequence script = new WriteSequence(List.of(closed));
        script.put(closed);
        script.delete(web.key());

        assertEquals(List.of(), script.order().writes());
    }

    @Test
    void itKnowsTheStateItHasLedTo() {
        WriteSequence script = new WriteSequence(List.of(closed));
        assertEquals(Optional.of(closed), script.current(closed.key()));
        assertEquals(Optional.empty(), script.current(web.key()));

        script.put(open);
        assertEquals(Optional.of(open), script.current(closed.key()));

        script.delete(closed.key());
        assertEquals(Optional.empty(), script.current(closed.key()));
        script.put(closed);
        assertEquals(
                List.of(update(open), deletion(closed), creation(closed)),
                script.order().writes());
    }

    @Test
    void itCountsTheWritesBeforeTheEndOfWithdrawals() {
        WriteSequence script = new WriteSequence(List.of(open));
        script.put(closed);
        script.delete(closed.key());
        script.endOfWithdrawals();
        script.put(web);

        assertEquals(
                new WriteSequence.Order(ImmutableList.of(update(closed), deletion(closed), creation(web)), 2),
                script.order());
    }
}
