package dev.bulkhead.core.world;

/** The transport protocols a NetworkPolicy can name; nothing else (ICMP, ARP) is promised anything by one. */
public enum Protocol {
    SCTP,
    TCP,
    UDP
}
