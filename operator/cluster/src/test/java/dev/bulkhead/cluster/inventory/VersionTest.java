package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {

    private static final String UID = "2f1b6f0c-58a5-4f52-9d62-3d7f3c1f7a11";

    @Test
    void theUsualFormTakesLittleRoomAndReadsAsItWasWritten() {
        Version version = version(UID, "8123456789");
        assertInstanceOf(Version.Numbers.class, version);
        assertEquals(UID, version.uid());
        assertEquals("8123456789", version.resourceVersion());
    }

    /** The API promises no form of either, so that any text must come back unchanged. */
    @ParameterizedTest
    @CsvSource({
        "2F1B6F0C-58A5-4F52-9D62-3D7F3C1F7A11, 7",
        "1-1-1-1-1, 7",
        "uid, 7",
        "2f1b6f0c-58a5-4f52-9d62-3d7f3c1f7a11, 007",
        "2f1b6f0c-58a5-4f52-9d62-3d7f3c1f7a11, +7",
        "2f1b6f0c-58a5-4f52-9d62-3d7f3c1f7a11, a7",
        "2f1b6f0c-58a5-4f52-9d62-3d7f3c1f7a11, 99999999999999999999",
        ", 7",
        "2f1b6f0c-58a5-4f52-9d62-3d7f3c1f7a11,",
        ","
    })
    void anyOtherFormReadsAsItWasWritten(String uid, String resourceVersion) {
        Version version = version(uid, resourceVersion);
        assertInstanceOf(Version.Texts.class, version);
        assertEquals(uid, version.uid());
        assertEquals(resourceVersion, version.resourceVersion());
    }

    @Test
    void twoVersionsOfOneObjectDiffer() {
        assertEquals(version(UID, "7"), version(UID, "7"));
        assertNotEquals(version(UID, "7"), version(UID, "8"));
    }

    @Test
    void anUnknownVersionIsOfTheSameObjectAndDiffersFromEveryRealOne() {
        for (Version version : new Version[] {version(UID, "7"), version("uid", "a7")}) {
            assertEquals(version.uid(), version.unknown().uid());
            assertEquals("", version.unknown().resourceVersion());
        }
    }

    private static Version version(String uid, String resourceVersion) {
        return Version.of(new ObjectMetaBuilder()
                .withUid(uid)
                .withResourceVersion(resourceVersion)
                .build());
    }
}
