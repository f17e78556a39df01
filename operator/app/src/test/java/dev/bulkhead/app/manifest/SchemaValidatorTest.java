package dev.bulkhead.app.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaValidatorTest {

    private static List<Finding> findings(String outbound) {
        String intent = "apiVersion: bulkhead.dev/v1alpha1\nkind: AccessIntent\nmetadata: {name: checkout}\n"
                + "spec:\n  workload: {all: true}\n  outbound: [" + outbound + "]\n";
        return Reading.of(intent).found();
    }

    /** 256 KiB of aliases once made half a million findings, and the operator's heap ended. */
    @Test
    void anObjectThatIsWrongInThousandsOfPlacesHasAHundredFindingsAndOneThatThereAreMore() {
        List<Finding> findings =
                findings("&a {b: 1, c: 1, d: 1, e: 1}" + String.join("", Collections.nCopies(500, ", *a")));
        assertEquals(Limits.FINDINGS + 1, findings.size());
        assertTrue(findings.get(Limits.FINDINGS).message().contains("there is more"), findings::toString);
    }

    @Test
    void manyAliasesAreRefusedBeforeAnythingIsMadeOfThem() {
        List<Finding> findings =
                findings("&a {b: 1, c: 1, d: 1, e: 1}" + String.join("", Collections.nCopies(60_000, ", *a")));
        assertEquals(1, findings.size());
        assertTrue(findings.get(0).message().contains("more than " + Limits.ALIASED), findings::toString);
    }
}
