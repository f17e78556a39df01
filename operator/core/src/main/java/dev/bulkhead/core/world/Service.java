package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;

/**
 * A Service, as far as policies care: most network plugins see the pods behind it and their ports, not its own addresses.
 *
 * @param selector which pods stand behind it
 * @param addresses its own: inside the cluster, which it keeps for as long as it is there, and of its load balancers; none for a
 *     headless one
 * @param selectsPods false for one without selector and for {@code ExternalName}
 */
public record Service(
        String name,
        boolean selectsPods,
        LabelSelector selector,
        ImmutableList<Port> ports,
        ImmutableSortedSet<IpAddress> addresses) {

    /**
     * @param name empty where it has none
     * @param number the Service's own port
     * @param target the port on the pods, after translation
     */
    public record Port(String name, Protocol protocol, int number, Ports target) {}
}
