package dev.bulkhead.demo;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableTable;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PortSet;
import java.util.Collection;
import java.util.List;

/**
 * Who is there, at one moment.
 *
 * @param endpoints what each party consists of; nothing for a workload without pods
 */
record Census(ImmutableMap<String, Namespace> namespaces, ImmutableMap<ShopParty, ImmutableList<Endpoint>> endpoints) {

    /** What these policies allow between those who are there. */
    Connectivity under(Collection<NetworkPolicy> policies) {
        Evaluator evaluator = Evaluator.of(namespaces, policies, PluginSemantics.upstream());
        ImmutableTable.Builder<ShopParty, ShopParty, Opening> openings = ImmutableTable.builder();
        for (ShopParty from : endpoints.keySet()) {
            for (ShopParty to : endpoints.keySet()) {
                if (!from.equals(to)) {
                    openings.put(from, to, opening(evaluator, endpoints.get(from), endpoints.get(to)));
                }
            }
        }
        return new Connectivity(openings.build());
    }

    private static Opening opening(Evaluator evaluator, List<Endpoint> from, List<Endpoint> to) {
        // Where nobody is, nothing is open and nothing can be said to be.
        PortSet toAll = from.isEmpty() || to.isEmpty() ? PortSet.none() : PortSet.all();
        PortSet toSome = PortSet.none();
        for (Endpoint source : from) {
            for (Endpoint destination : to) {
                PortSet ports = evaluator.allowed(source, destination);
                toAll = toAll.intersection(ports);
                toSome = toSome.union(ports);
            }
        }
        return new Opening(toAll, toSome);
    }
}
