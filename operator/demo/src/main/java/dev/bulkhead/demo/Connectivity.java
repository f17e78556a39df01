package dev.bulkhead.demo;

import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Table;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import java.util.Optional;

/** What is open between whom, at one moment: from the row's party to the column's. */
record Connectivity(ImmutableTable<ShopParty, ShopParty, Opening> openings) {

    /** Whether every pod of the one reaches every pod of the other there. */
    boolean isOpen(ShopParty from, ShopParty to, int port) {
        Opening opening = openings.get(from, to);
        return opening != null && opening.toAll().contains(Protocol.TCP, port);
    }

    /** Whether no pod of the one reaches any pod of the other, on any port. */
    boolean isClosed(ShopParty from, ShopParty to) {
        Opening opening = openings.get(from, to);
        return opening != null && opening.toSome().isEmpty();
    }

    /** Whether everybody reaches everybody on every port. */
    boolean isAllOpen() {
        return openings.values().stream().allMatch(opening -> opening.toAll().isAll());
    }

    /** How many pairs are there of which the first reaches the second, on whatever port. */
    long openPairs() {
        return openings.values().stream()
                .filter(opening -> !opening.toSome().isEmpty())
                .count();
    }

    /**
     * Looks for a gap (something closed that is open before and after) and for a hole (something open that is closed
     * before and after) at a moment between two others.
     */
    static Optional<String> flaw(Connectivity before, Connectivity between, Connectivity after) {
        for (Table.Cell<ShopParty, ShopParty, Opening> cell : between.openings.cellSet()) {
            Opening old = before.openings.get(cell.getRowKey(), cell.getColumnKey());
            Opening next = after.openings.get(cell.getRowKey(), cell.getColumnKey());
            PortSet gap = old.toAll()
                    .intersection(next.toAll())
                    .difference(cell.getValue().toAll());
            PortSet hole = cell.getValue().toSome().difference(old.toSome().union(next.toSome()));
            String pair = cell.getRowKey() + " to " + cell.getColumnKey();
            if (!gap.isEmpty()) {
                return Optional.of("a gap from " + pair + ": " + gap);
            }
            if (!hole.isEmpty()) {
                return Optional.of("a hole from " + pair + ": " + hole);
            }
        }
        return Optional.empty();
    }
}
