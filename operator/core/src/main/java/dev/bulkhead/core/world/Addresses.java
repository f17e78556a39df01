package dev.bulkhead.core.world;

import java.util.Collections;
import java.util.List;

/** Questions about addresses that are kept in their order: many of them take little room this way. */
public final class Addresses {

    private Addresses() {}

    /**
     * Whether any of the addresses is in the block. Takes as many steps as the block has exceptions, however many addresses
     * there are.
     *
     * @param sorted in ascending order
     */
    public static boolean isAnyIn(IpBlock block, List<IpAddress> sorted) {
        int next = firstFrom(block.cidr().network(), sorted);
        while (next < sorted.size() && block.cidr().contains(sorted.get(next))) {
            IpAddress address = sorted.get(next);
            // The exceptions do not overlap, so no other one can hold the address.
            Cidr exception = block.except().floor(Cidr.of(address));
            if (exception == null || !exception.contains(address)) {
                return true;
            }
            IpAddress last = exception.last();
            next = firstFrom(last, sorted);
            while (next < sorted.size() && sorted.get(next).equals(last)) {
                next++;
            }
        }
        return false;
    }

    /** The index of the first address that is not below this one. */
    private static int firstFrom(IpAddress address, List<IpAddress> sorted) {
        int found = Collections.binarySearch(sorted, address);
        if (found < 0) {
            return -found - 1;
        }
        while (found > 0 && sorted.get(found - 1).equals(address)) {
            found--;
        }
        return found;
    }
}
