package dev.bulkhead.app.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** What is sent back. */
record Answer(int code, String type, String body) {

    static final String JSON = "application/json";
    static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROBLEM = "application/problem+json";
    private static final int OK = 200;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Something that writes what a command prints. */
    interface Printing {
        void print(PrintWriter out) throws IOException;
    }

    static Answer json(Object value) {
        return new Answer(OK, JSON, text(value));
    }

    static Answer problem(Problem problem) {
        return new Answer(problem.status(), PROBLEM, text(problem));
    }

    static Answer printed(String type, Printing printing) {
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            printing.print(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new Answer(OK, type, text.toString());
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
