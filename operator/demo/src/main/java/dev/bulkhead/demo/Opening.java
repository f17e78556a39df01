package dev.bulkhead.demo;

import dev.bulkhead.core.world.PortSet;

/**
 * What is open from one party to another. The two differ only while not all pods of a party are treated alike.
 *
 * @param toAll the ports on which every pod of the one reaches every pod of the other
 * @param toSome the ports on which any pod of the one reaches any pod of the other
 */
record Opening(PortSet toAll, PortSet toSome) {

    @Override
    public String toString() {
        if (!toAll.equals(toSome)) {
            return "some " + ports(toSome);
        }
        return ports(toAll);
    }

    private static String ports(PortSet ports) {
        if (ports.isEmpty()) {
            return "-";
        }
        return ports.isAll() ? "any" : ports.toString().replace("TCP ", "");
    }
}
