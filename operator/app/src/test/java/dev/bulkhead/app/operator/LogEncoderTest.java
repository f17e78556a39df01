package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** What a line looks like in either format, whatever is in it. */
class LogEncoderTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TOKEN = "eyJhbGciOiJSUzI1NiIsImtpZCI6IiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJl";

    private static ILoggingEvent event(Consumer<Logger> saying) {
        return event("dev.bulkhead.cluster.apply.WriteLog", saying);
    }

    private static ILoggingEvent event(String name, Consumer<Logger> saying) {
        ch.qos.logback.classic.Logger logger = new LoggerContext().getLogger(name);
        logger.setLevel(Level.TRACE);
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        logger.addAppender(events);
        saying.accept(logger);
        return events.list.get(0);
    }

    private static String text(Consumer<Logger> saying) {
        return encoded(LogEncoder.text(), saying);
    }

    private static JsonNode json(Consumer<Logger> saying) {
        String line = encoded(LogEncoder.json(), saying);
        try {
            return MAPPER.readTree(line);
        } catch (java.io.IOException e) {
            throw new AssertionError(line, e);
        }
    }

    /** @return without the line break at its end, which is the only one */
    private static String encoded(LogEncoder encoder, Consumer<Logger> saying) {
        String line = new String(encoder.encode(event(saying)), StandardCharsets.UTF_8);
        assertTrue(line.endsWith("\n"), line);
        assertEquals(1, line.lines().count(), line);
        return line.stripTrailing();
    }

    private static Consumer<Logger> value(String value) {
        return logger -> logger.atInfo().addKeyValue(LogKey.NOTE, value).log("Something happened");
    }

    private static void written(Logger logger) {
        logger.atInfo()
                .addKeyValue(LogKey.NAMESPACE, "shop")
                .addKeyValue(LogKey.NOTE, "two words")
                .addKeyValue(LogKey.PORT, 8080)
                .addKeyValue(LogKey.DURATION_SECONDS, 0.25)
                .log("Policy written");
    }

    @Test
    void textIsTimeLevelLoggerMessageAndPairs() {
        String line = text(LogEncoderTest::written);

        assertTrue(
                line.matches(TIME + " INFO  WriteLog Policy written namespace=shop note=\"two words\" port=8080"
                        + " duration_seconds=0[.]25"),
                line);
    }

    @Test
    void jsonIsOneFlatObject() {
        JsonNode line = json(LogEncoderTest::written);

        List<String> names = new ArrayList<>();
        line.fieldNames().forEachRemaining(names::add);
        assertEquals(
                List.of("time", "level", "logger", "message", "namespace", "note", "port", "duration_seconds"), names);
        assertTrue(line.path("time").asText().matches(TIME), line::toString);
        assertEquals("INFO", line.path("level").asText());
        assertEquals("WriteLog", line.path("logger").asText());
        assertEquals(8080, line.path("port").intValue());
        assertEquals(0.25, line.path("duration_seconds").doubleValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\n2027-01-01T00:00:00Z ERROR Operator Lead lost",
                "a\r\nb",
                "a\u0085b\u000bc\fd",
                "a\u2028b\u2029c",
                "\"}\n{\"level\":\"ERROR\"",
                "\u001b[2J\u001b[31mred\u0000",
                "x policy=bulkhead-baseline operation=delete"
            })
    void noTextBreaksOrForgesALine(String tenants) {
        String line = text(value(tenants));
        assertTrue(line.matches(TIME + " INFO  WriteLog Something happened note=\"([^\"\\\\]|\\\\.)*\""), line);
        assertTrue(line.chars().noneMatch(Character::isISOControl), line);

        JsonNode object = json(value(tenants));
        assertEquals(5, object.size());
        assertEquals("INFO", object.path("level").asText());
    }

    @Test
    void aMessageOfALibraryForgesNoPairAndNoLine() {
        String line = text(logger -> logger.warn("odd {}", "policy=x\nERROR"));

        assertTrue(line.endsWith("WARN  WriteLog \"odd policy=x\\nERROR\""), line);
    }

    @Test
    void whatTurnsTextAroundIsShownByItsNumber() {
        String hidden = "shop\u202e\u200bpay";

        assertTrue(text(value(hidden)).contains("shop\\\\u202e\\\\u200bpay"));
        assertEquals("shop\\u202e\\u200bpay", json(value(hidden)).path("note").asText());
    }

    @Test
    void textIsCutAndNumbersAndOtherAlphabetsStay() {
        assertEquals(
                LogLine.MAXIMUM_TEXT,
                json(value("x".repeat(100_000))).path("note").asText().length());
        assertTrue(text(value("x".repeat(100_000))).length() < LogLine.MAXIMUM_TEXT + 200);
        assertTrue(text(value("Zahlungsverkehr-für-Köln")).endsWith("note=Zahlungsverkehr-für-Köln"));
        assertEquals("\\ud800", json(value("\ud800")).path("note").asText());
    }

    @Test
    void noPairTakesThePlaceOfWhatEveryLineHas() {
        JsonNode line = json(logger -> logger.atInfo()
                .addKeyValue("level", "ERROR")
                .addKeyValue("time", "never")
                .log("Said"));

        assertEquals("INFO", line.path("level").asText());
        assertEquals(4, line.size());
    }

    @Test
    void anUnexpectedErrorHasABoundedStack() {
        RuntimeException deep = new IllegalStateException("outer", new IllegalArgumentException("inner\nline"));
        JsonNode line = json(logger -> logger.atWarn().setCause(deep).log("Namespace failed"));

        assertEquals("IllegalStateException: outer", line.path("error").asText());
        assertTrue(line.path("stack").asText().contains("caused by IllegalArgumentException: inner"), line::toString);
        assertTrue(line.path("stack").asText().length() <= LogLine.MAXIMUM_STACK);
    }

    @Test
    void aLibraryThatWarnsOfWhatItTriesAgainHasNoStack() {
        RuntimeException away = new IllegalStateException("connection refused");

        LogLine warning = LogLine.of(event("io.fabric8.Reflector", logger -> logger.warn("will retry", away)));
        LogLine error = LogLine.of(event("io.fabric8.Reflector", logger -> logger.error("will not", away)));

        assertEquals(Set.of("error"), warning.fields().keySet());
        assertEquals(Set.of("error", "stack"), error.fields().keySet());
    }

    @Test
    void aBriefErrorNamesItsRoot() {
        assertEquals(
                "KubernetesClientException: An error has occurred., caused by IllegalStateException: refused",
                Errors.brief(new KubernetesClientException(
                        "An error has occurred.", new RuntimeException(new IllegalStateException("refused")))));
        assertEquals("IllegalStateException: no message", Errors.brief(new IllegalStateException()));
    }

    @Test
    void anExpectedErrorHasNone() {
        JsonNode line = json(logger -> logger.atWarn()
                .addKeyValue(LogKey.ERROR, Errors.brief(new KubernetesClientException("the API server is away")))
                .log("Event not written"));

        assertEquals(
                "KubernetesClientException: the API server is away",
                line.path("error").asText());
        assertFalse(line.has("stack"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Failure executing: GET at: https://192.0.2.1/api [Authorization: Bearer " + TOKEN + "]",
                "request {authorization=[Bearer " + TOKEN + "], accept=[*/*]}",
                "no user for token " + TOKEN + ", sorry",
                "\"authorization\": \"Basic " + TOKEN + "\"",
                "Authorization: " + TOKEN,
                "https://admin:" + TOKEN + "@192.0.2.1/api",
                "users: [{name: admin, user: {token: " + TOKEN + "}}]",
                "user: {password: \"" + TOKEN + "\"}"
            })
    void noTokenGetsThroughAnError(String message) {
        RuntimeException failure = new KubernetesClientException(message, new IllegalStateException(message));

        for (Consumer<Logger> saying : List.<Consumer<Logger>>of(
                logger -> logger.atWarn().setCause(failure).log("Namespace failed"),
                logger -> logger.atWarn()
                        .addKeyValue(LogKey.ERROR, Errors.brief(failure))
                        .log("Event not written"),
                logger -> logger.warn("library: " + message))) {
            for (String line : List.of(encoded(LogEncoder.text(), saying), encoded(LogEncoder.json(), saying))) {
                assertFalse(line.contains("eyJhbGci"), line);
                assertFalse(line.contains("c2lnbmF0dXJl"), line);
                assertTrue(line.contains("***"), line);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pods \"basic-auth\" is forbidden: User \"system:serviceaccount:bulkhead-system:bulkhead\"",
                "bearer of news",
                "outbound[0] pay/payments"
            })
    void whatIsNoCredentialIsMostlyLeftAlone(String message) {
        String note = json(value(message)).path("note").asText();

        assertEquals(message.startsWith("bearer") ? "bearer *** news" : message, note);
    }
}
