package dev.bulkhead.cluster.read;

import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.IpAddress;

/** Addresses and ranges of them as Kubernetes' objects write them. */
final class AddressReader {

    private AddressReader() {}

    static Cidr range(String text, String field) {
        try {
            refuseZone(text);
            return Cidr.parse(text);
        } catch (IllegalArgumentException e) {
            throw unreadable(text, field, "address range", e);
        }
    }

    static IpAddress address(String text, String field) {
        try {
            refuseZone(text);
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw unreadable(text, field, "address", e);
        }
    }

    private static void refuseZone(String text) {
        if (text.indexOf('%') >= 0) {
            throw new IllegalArgumentException(
                    "a zone means something on one machine alone: leave it out, and the percent sign before it");
        }
    }

    private static UnreadableObjectException unreadable(
            String text, String field, String what, IllegalArgumentException cause) {
        UnreadableObjectException unreadable =
                new UnreadableObjectException(field, "'" + text + "' is no " + what + ": " + cause.getMessage());
        unreadable.initCause(cause);
        return unreadable;
    }
}
