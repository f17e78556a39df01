package dev.bulkhead.app.wording;

import com.google.common.collect.Range;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sets of ports as people say them: {@code all ports}, {@code everything except TCP 5432}. */
public final class PortsInWords {

    private static final String ALL = "All Connections";
    private static final String NONE = "No Connections";
    private static final int LAST = 65535;
    /** More ports than this are most of them. */
    private static final int HALF = LAST / 2;

    /** In the order in which people think of them. */
    private static final List<Protocol> PROTOCOLS = List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP);

    /** One part of an exact form: the protocol stands before its first number alone. */
    private static final Pattern PART = Pattern.compile("(?:(SCTP|TCP|UDP) )?([0-9]{1,5})(?:-([0-9]{1,5}))?");

    private PortsInWords() {}

    public static String of(PortSet ports) {
        if (ports.isEmpty()) {
            return "nothing";
        }
        if (ports.isAll()) {
            return "all ports";
        }
        PortSet missing = PortSet.all().difference(ports);
        boolean most = PROTOCOLS.stream().allMatch(protocol -> count(missing, protocol) <= HALF);
        return most ? "everything except " + listed(missing) : listed(ports);
    }

    /** @param exact as {@link PortSet#toString} writes it; anything else stays as it is */
    public static String of(String exact) {
        return parse(exact).map(PortsInWords::of).orElse(exact);
    }

    private static String listed(PortSet ports) {
        return PROTOCOLS.stream()
                .filter(protocol -> !ports.of(protocol).isEmpty())
                .map(protocol -> listed(ports, protocol))
                .collect(Collectors.joining(", "));
    }

    private static String listed(PortSet ports, Protocol protocol) {
        int count = count(ports, protocol);
        if (count == LAST) {
            return "all " + protocol + " ports";
        }
        return count > HALF
                ? "all " + protocol + " ports except "
                        + numbers(PortSet.all(protocol).difference(ports), protocol)
                : protocol + " " + numbers(ports, protocol);
    }

    private static String numbers(PortSet ports, Protocol protocol) {
        return ports.of(protocol).asRanges().stream().map(PortsInWords::range).collect(Collectors.joining(","));
    }

    private static String range(Range<Integer> range) {
        int first = range.lowerEndpoint();
        int last = range.upperEndpoint() - 1;
        return first == last ? Integer.toString(first) : first + "-" + last;
    }

    private static int count(PortSet ports, Protocol protocol) {
        return ports.of(protocol).asRanges().stream()
                .mapToInt(range -> range.upperEndpoint() - range.lowerEndpoint())
                .sum();
    }

    private static Optional<PortSet> parse(String exact) {
        if (exact.equals(ALL)) {
            return Optional.of(PortSet.all());
        }
        if (exact.equals(NONE)) {
            return Optional.of(PortSet.none());
        }
        List<PortSet> parts = new ArrayList<>();
        Protocol protocol = null;
        for (String part : exact.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            protocol = matcher.group(1) == null ? protocol : Protocol.valueOf(matcher.group(1));
            int first = Integer.parseInt(matcher.group(2));
            int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
            if (protocol == null || first < 1 || last < first || last > LAST) {
                return Optional.empty();
            }
            parts.add(PortSet.range(protocol, first, last));
        }
        return Optional.of(PortSet.union(parts));
    }
}
