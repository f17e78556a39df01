package dev.bulkhead.cluster.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.apply.WriteCounters.Written;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.log.RecordedLog;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteLogTest {

    private static final NetworkPolicy.Key KEY = new NetworkPolicy.Key("shop", "bulkhead-baseline");

    private final RecordedLog lines = new RecordedLog(WriteLog.class);
    private Optional<String> changedBy = Optional.of("kubectl-edit");
    private final WriteLog log = new WriteLog(new LogQuota(new SetClock()), key -> changedBy);

    @AfterEach
    void close() {
        lines.close();
    }

    private void repair() {
        log.wrote(KEY, new Written("NetworkPolicy", "update", "drift"));
    }

    @Test
    void aRepairSaysWhoHadChangedThePolicy() {
        repair();
        assertEquals(
                List.of("INFO Policy written namespace=shop policy=bulkhead-baseline operation=update reason=drift"
                        + " by=kubectl-edit"),
                lines.lines());
    }

    @Test
    void whereThatIsNotKnownNothingIsSaid() {
        changedBy = Optional.of("");
        repair();
        changedBy = Optional.empty();
        repair();
        String line = "INFO Policy written namespace=shop policy=bulkhead-baseline operation=update reason=drift";
        assertEquals(List.of(line, line), lines.lines());
    }

    @Test
    void whatIsNoRepairNamesNobody() {
        log.wrote(KEY, new Written("NetworkPolicy", "create", "change"));
        assertEquals(
                List.of("INFO Policy written namespace=shop policy=bulkhead-baseline operation=create reason=change"),
                lines.lines());
    }
}
