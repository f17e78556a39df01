package dev.bulkhead.app.wording;

import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.IpAddress;
import java.util.Optional;

/** Ends of connections as people write them: ranges of addresses in CIDR notation where they have one. */
public final class EndInWords {

    private static final String EXTERNAL = "[External]";

    private EndInWords() {}

    /** {@code 203.0.113.10/32}, or {@code 203.0.113.0-203.0.113.6} where it is no block. */
    public static String of(AddressRange range) {
        return range.block().map(Cidr::toString).orElseGet(range::toString);
    }

    /** @param label as {@link dev.bulkhead.core.reach.Party#label} writes it; anything else stays as it is */
    public static String of(String label) {
        return label.endsWith(EXTERNAL)
                ? range(label.substring(0, label.length() - EXTERNAL.length()))
                        .map(EndInWords::of)
                        .orElse(label)
                : label;
    }

    private static Optional<AddressRange> range(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        try {
            IpAddress first = IpAddress.parse(text.substring(0, dash));
            IpAddress last = IpAddress.parse(text.substring(dash + 1));
            return first.bits() == last.bits() && first.compareTo(last) <= 0
                    ? Optional.of(new AddressRange(first, last))
                    : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
