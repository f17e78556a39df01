package dev.bulkhead.app.snapshot;

import dev.bulkhead.cluster.decode.IdentityMode;
import dev.bulkhead.core.world.Cidr;
import java.util.Collection;

/**
 * What is known besides the objects.
 *
 * @param namespace of objects that name none
 * @param networks of the cluster
 * @param operatorNamespace which no segment can enrol
 */
public record Surroundings(
        IdentityMode identity, String namespace, Collection<Cidr> networks, String operatorNamespace) {}
