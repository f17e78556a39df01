package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal that the client gets as a Status object. */
final class ApiException extends RuntimeException {

    private final int code;
    private final String reason;

    private ApiException(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    static ApiException notFound(String what) {
        return new ApiException(404, "NotFound", what + " not found");
    }

    static ApiException alreadyExists(ResourceType type, String name) {
        return new ApiException(409, "AlreadyExists", type.qualifiedPlural() + " \"" + name + "\" already exists");
    }

    static ApiException conflict(ResourceType type, String name, String why) {
        return new ApiException(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + type.qualifiedPlural() + " \"" + name + "\": " + why);
    }

    static ApiException forbidden(String message) {
        return new ApiException(403, "Forbidden", message);
    }

    static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message);
    }

    static ApiException invalid(String message) {
        return new ApiException(422, "Invalid", message);
    }

    static ApiException expired(String message) {
        return new ApiException(410, "Expired", message);
    }

    static ApiException methodNotAllowed(String message) {
        return new ApiException(405, "MethodNotAllowed", message);
    }

    static ApiException unsupportedMediaType(String message) {
        return new ApiException(415, "UnsupportedMediaType", message);
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1").put("status", "Failure");
        status.putObject("metadata");
        return status.put("message", getMessage()).put("reason", reason).put("code", code);
    }
}
