package dev.bulkhead.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.bulkhead.core.reach.MemoryLimit;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** What is sent back. */
record ConsoleAnswer(int code, String type, CompressedBody body) {

    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROBLEM = "application/problem+json";
    private static final int OK = 200;
    /** Of the heap, which each part of what an answer is made of may take at most; such answers are worked out two at a time. */
    private static final int SHARE = 20;

    static final long MEMORY = Runtime.getRuntime().maxMemory() / SHARE;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** What goes wrong on the way is thrown as it is. */
    private static final ObjectWriter WRITER = MAPPER.writer().without(SerializationFeature.WRAP_EXCEPTIONS);

    /** Something that writes what a command prints. */
    interface Printing {
        void print(PrintWriter out) throws IOException;
    }

    /** For one part of what an answer is made of. */
    static MemoryLimit memory() {
        return MemoryLimit.bytes(MEMORY);
    }

    static ConsoleAnswer json(Object value) {
        return new ConsoleAnswer(OK, JSON, body(value));
    }

    static ConsoleAnswer problem(Problem problem) {
        return new ConsoleAnswer(problem.status(), PROBLEM, body(problem));
    }

    static ConsoleAnswer printed(String type, Printing printing) {
        return new ConsoleAnswer(OK, type, CompressedBody.written(bytes -> {
            PrintWriter out = new PrintWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
            printing.print(out);
            out.flush();
        }));
    }

    private static CompressedBody body(Object value) {
        return CompressedBody.written(bytes -> WRITER.writeValue(bytes, value));
    }

    /** Of something small. */
    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
