package dev.bulkhead.app.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What went wrong with a request, as RFC 9457 has it.
 *
 * @param parameter of the question that is to be written otherwise; empty where it is none of them
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(String type, String title, int status, String detail, String parameter, List<Finding> findings) {

    /**
     * Something wrong with the objects that were sent.
     *
     * @param line from 1 on; null for all of them together
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Finding(Integer line, String message) {}

    /** The codes that are answered. */
    enum Status {
        BAD_REQUEST(400, "Bad Request"),
        UNAUTHORIZED(401, "Unauthorized"),
        FORBIDDEN(403, "Forbidden"),
        NOT_FOUND(404, "Not Found"),
        METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
        CONTENT_TOO_LARGE(413, "Content Too Large"),
        URI_TOO_LONG(414, "URI Too Long"),
        UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
        UNPROCESSABLE(422, "Unprocessable Content"),
        TOO_MANY_REQUESTS(429, "Too Many Requests"),
        INTERNAL(500, "Internal Server Error"),
        UNAVAILABLE(503, "Service Unavailable");

        private final int code;
        private final String title;

        Status(int code, String title) {
            this.code = code;
            this.title = title;
        }
    }

    static Problem of(Status status, String detail, String parameter, List<Finding> findings) {
        return new Problem("about:blank", status.title, status.code, detail, parameter, findings);
    }
}
