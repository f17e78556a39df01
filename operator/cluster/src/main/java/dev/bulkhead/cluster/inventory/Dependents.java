package dev.bulkhead.cluster.inventory;

import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.Dependency;
import dev.bulkhead.core.compile.WorldChange;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which namespaces a change concerns: those whose last compilation depended on what changed, and those that are being compiled
 * just now, of which that is not known yet. One that was never compiled is not among them: it was woken when it came to be, and
 * has yet to look.
 */
final class Dependents {

    private final Map<String, Dependencies> known = new HashMap<>();
    private final Map<Dependency, Set<String>> dependents = new HashMap<>();
    /** The blocks of which somebody depends on who has an address there. */
    private final Map<Cidr, Set<IpBlock>> blocks = new HashMap<>();

    private final Set<String> underWay = new HashSet<>();

    /** From now on, until it is compiled, every change concerns it. */
    void begin(String namespace) {
        underWay.add(namespace);
    }

    void compiled(String namespace, Dependencies dependencies) {
        underWay.remove(namespace);
        Dependencies before = known.put(namespace, dependencies);
        if (dependencies.equals(before)) {
            return;
        }
        if (before != null) {
            remove(namespace, before, dependencies.on());
        }
        dependencies
                .on()
                .forEach(dependency -> dependents
                        .computeIfAbsent(dependency, this::firstDependent)
                        .add(namespace));
    }

    private Set<String> firstDependent(Dependency dependency) {
        dependency
                .asAddresses()
                .map(Dependency.Addresses::block)
                .ifPresent(block -> blocks.computeIfAbsent(block.cidr(), unknown -> new HashSet<>(2))
                        .add(block));
        return new HashSet<>(2);
    }

    private void noDependents(Dependency dependency) {
        dependency
                .asAddresses()
                .map(Dependency.Addresses::block)
                .ifPresent(block -> blocks.computeIfPresent(block.cidr(), (unchanged, found) -> {
                    found.remove(block);
                    return found.isEmpty() ? null : found;
                }));
    }

    /** It failed, and is to be tried again. */
    void notCompiled(String namespace) {
        underWay.remove(namespace);
    }

    void forget(String namespace) {
        Dependencies before = known.remove(namespace);
        if (before != null) {
            remove(namespace, before, Set.of());
        }
    }

    private void remove(String namespace, Dependencies before, Set<Dependency> kept) {
        for (Dependency dependency : before.on()) {
            if (!kept.contains(dependency)) {
                dependents.computeIfPresent(dependency, (unchanged, namespaces) -> {
                    namespaces.remove(namespace);
                    if (!namespaces.isEmpty()) {
                        return namespaces;
                    }
                    noDependents(dependency);
                    return null;
                });
            }
        }
    }

    /** Whether some namespace is being compiled just now. */
    boolean isAnyUnderWay() {
        return !underWay.isEmpty();
    }

    /** The blocks of which somebody depends on who has an address there, and which hold this one. */
    Set<IpBlock> blocksAround(IpAddress address) {
        if (blocks.isEmpty()) {
            return Set.of();
        }
        Set<IpBlock> around = new HashSet<>();
        for (int prefix = 0; prefix <= address.bits(); prefix++) {
            for (IpBlock block : blocks.getOrDefault(new Cidr(address, prefix), Set.of())) {
                if (block.contains(address)) {
                    around.add(block);
                }
            }
        }
        return around;
    }

    Set<String> concernedBy(WorldChange change) {
        Set<String> concerned = new TreeSet<>(underWay);
        for (Dependency what : change.of()) {
            for (String namespace : dependents.getOrDefault(what, Set.of())) {
                if (known.get(namespace).isAbout(what, change)) {
                    concerned.add(namespace);
                }
            }
        }
        return concerned;
    }
}
