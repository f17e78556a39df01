package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableList;

/**
 * A Service, as far as policies care: policies see the pods behind it and their ports, never its own address.
 *
 * @param selector which pods stand behind it
 * @param selectsPods false for one without selector and for {@code ExternalName}
 */
public record Service(String name, boolean selectsPods, LabelSelector selector, ImmutableList<Port> ports) {

    /**
     * @param name empty where it has none
     * @param number the Service's own port
     * @param target the port on the pods, after translation
     */
    public record Port(String name, Protocol protocol, int number, Ports target) {}
}
