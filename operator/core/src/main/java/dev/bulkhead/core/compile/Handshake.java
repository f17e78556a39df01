package dev.bulkhead.core.compile;

import dev.bulkhead.core.world.Ports;

/**
 * How far the other end goes along with a rule.
 *
 * @param open the ports of the rule that need nothing more
 * @param waiting the ports that the other end has not declared
 * @param byPods whether selectors could not be compared and the pods that exist decided
 * @param begun whether the other end goes along with any part of it, if only for some of the pods
 */
record Handshake(Ports open, Ports waiting, boolean byPods, boolean begun) {}
