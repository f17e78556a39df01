package dev.bulkhead.testkit.crd;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false, shared = true)
class RefusedObjectsTest {

    @BeforeAll
    static void installDefinitions(KubernetesClient client) {
        CommittedDefinitions.install(client);
    }

    static List<ObjectCase> refused() {
        return ObjectCase.read("refused.yaml");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void authorIsToldWhatToWrite(ObjectCase refused, KubernetesClient client) {
        // As kubectl asks for it: a misspelt field is an error.
        var request = client.resource(refused.object()).fieldValidation(Validation.STRICT);

        var refusal = assertThrows(KubernetesClientException.class, request::create);

        List<String> given = causes(refusal);
        assertAll(Stream.concat(
                refused.causes().stream().map(cause -> found(cause, given)),
                given.stream().map(cause -> foreseen(cause, refused.causes()))));
    }

    private static Executable found(String expected, List<String> given) {
        return () -> assertTrue(
                given.stream().anyMatch(cause -> holds(cause, expected)),
                () -> "nothing like\n  " + expected + "\nin\n  " + String.join("\n  ", given));
    }

    private static Executable foreseen(String given, List<String> expected) {
        return () -> assertTrue(
                expected.stream().anyMatch(cause -> holds(given, cause)), () -> "beside the point:\n  " + given);
    }

    /** Whether a cause is of the field, if one is named, and its message holds the part. */
    private static boolean holds(String cause, String expected) {
        String[] parts = expected.split(": ", 2);
        return parts.length == 1
                ? cause.contains(expected)
                : cause.startsWith(parts[0] + ": ") && cause.contains(parts[1]);
    }

    private static List<String> causes(KubernetesClientException refusal) {
        var details = refusal.getStatus().getDetails();
        if (details == null
                || details.getCauses() == null
                || details.getCauses().isEmpty()) {
            return List.of(refusal.getStatus().getMessage());
        }
        return details.getCauses().stream()
                .filter(cause -> !cause.getMessage().contains("some validation rules were not checked"))
                .map(RefusedObjectsTest::text)
                .toList();
    }

    private static String text(StatusCause cause) {
        return cause.getField() + ": " + cause.getMessage();
    }
}
