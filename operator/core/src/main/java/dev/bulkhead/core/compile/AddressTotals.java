package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.LabelSelector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * How many addresses the rules of one namespace name together, as far as they may be for the same pods. In doubt they are: two
 * selectors that some pod might satisfy both. An address that several of them name counts once, and a rule that names too many
 * by itself counts for itself alone: it opens nothing.
 */
final class AddressTotals {

    /**
     * @param addresses how many
     * @param intents by name, those that name them
     */
    record Total(BigInteger addresses, ImmutableSortedSet<String> intents) {}

    /** Whose rules count together: the same demand, seen from the same end. */
    private record Count(DeclaredGuardrail.Demand demand, Direction direction) {}

    /** Addresses that an intent names for the pods with the index of their selector. */
    private record Part(AddressRange range, int selector, String intent) {}

    private final List<RequestedRule> rules;
    private final BiPredicate<DeclaredGuardrail.Connections, RequestedRule> meets;
    private final Map<Count, Sums> sums = new HashMap<>();

    /** @param meets whether a rule asks for any of the connections */
    AddressTotals(List<RequestedRule> rules, BiPredicate<DeclaredGuardrail.Connections, RequestedRule> meets) {
        this.rules = rules;
        this.meets = meets;
    }

    /** What counts with the rule under a demand for which it counts. */
    Total total(DeclaredGuardrail.Demand demand, RequestedRule rule) {
        return sums.computeIfAbsent(
                        new Count(demand, rule.rule().direction()),
                        count -> new Sums(rules.stream()
                                .filter(other -> other.rule().direction() == count.direction())
                                .filter(other -> counts(demand, other) && meets.test(demand.of(), other))
                                .toList()))
                .total(rule);
    }

    /** Whether the rule counts with others: it names addresses, for pods that are known, and by itself not too many. */
    static boolean counts(DeclaredGuardrail.Demand demand, RequestedRule rule) {
        return demand.addresses().isPresent()
                && rule.subject().found().isPresent()
                && rule.network()
                        .filter(block -> block.addresses()
                                        .compareTo(BigInteger.valueOf(
                                                demand.addresses().getAsLong()))
                                <= 0)
                        .isPresent();
    }

    private static final class Sums {

        private final Map<LabelSelector, Integer> selectors = new LinkedHashMap<>();
        private final List<Part> parts = new ArrayList<>();
        private final Map<BitSet, Total> totals = new HashMap<>();

        Sums(List<RequestedRule> rules) {
            for (RequestedRule rule : rules) {
                int selector = selectors.computeIfAbsent(selector(rule), unknown -> selectors.size());
                rule.network()
                        .orElseThrow()
                        .ranges()
                        .forEach(range -> parts.add(
                                new Part(range, selector, rule.intent().key().name())));
            }
            parts.sort(Comparator.comparing(Part::range));
        }

        private static LabelSelector selector(RequestedRule rule) {
            return rule.subject().found().orElseThrow().selector();
        }

        Total total(RequestedRule rule) {
            LabelSelector own = selector(rule);
            BitSet same = new BitSet();
            selectors.forEach((other, index) -> same.set(index, !own.evidentlyExcludes(other)));
            // A selector that contradicts itself excludes even itself.
            same.set(selectors.get(own));
            return totals.computeIfAbsent(same, this::total);
        }

        private Total total(BitSet wanted) {
            BigInteger addresses = BigInteger.ZERO;
            TreeSet<String> intents = new TreeSet<>();
            IpAddress counted = null;
            for (Part part : parts) {
                if (wanted.get(part.selector())) {
                    intents.add(part.intent());
                    AddressRange range = part.range();
                    boolean apart = counted == null || counted.compareTo(range.first()) < 0;
                    if (apart) {
                        addresses = addresses.add(range.size());
                    } else if (counted.compareTo(range.last()) < 0) {
                        addresses = addresses.add(new AddressRange(counted.next(), range.last()).size());
                    }
                    counted = apart || counted.compareTo(range.last()) < 0 ? range.last() : counted;
                }
            }
            return new Total(addresses, ImmutableSortedSet.copyOf(intents));
        }
    }
}
