package dev.bulkhead.cluster.decode;

import dev.bulkhead.core.world.Protocol;

/** Protocols by the word Kubernetes has for them; TCP where none is written. */
final class ProtocolReader {

    private ProtocolReader() {}

    static Protocol read(String protocol, String field) {
        if (protocol == null || protocol.isEmpty()) {
            return Protocol.TCP;
        }
        return switch (protocol) {
            case "TCP" -> Protocol.TCP;
            case "UDP" -> Protocol.UDP;
            case "SCTP" -> Protocol.SCTP;
            default ->
                throw new UnreadableObjectException(
                        field, "'" + protocol + "' is none of TCP, UDP and SCTP; write one of them in upper case");
        };
    }
}
