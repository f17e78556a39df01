package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which classes a peer means, as {@link PeerMatch} says for each of them, found without asking about all: policies
 * repeat the same peers, and most of these name one namespace. For one thread.
 */
final class PeerSets {

    /** Bytes of a set without its bits, and of an entry of the map. */
    private static final int SET = 64;

    private static final int ANSWER = 100;

    private final PodClasses classes;
    private final List<Endpoint.Pods> ends;
    private final PeerMatch match;
    private final NavigableMap<IpAddress, List<Integer>> byAddress = new TreeMap<>();
    private final Map<Question, BitSet> answers = new HashMap<>();
    private final MemoryLimit memory;

    /** @param home only where the answer depends on the namespace of the policy */
    private record Question(Optional<String> home, PolicyPeer peer) {}

    /**
     * @param ends the members of the classes, with the addresses that count
     * @param memory for the answers
     */
    PeerSets(PodClasses classes, List<Endpoint.Pods> ends, PeerMatch match, MemoryLimit memory) {
        this.memory = memory;
        this.classes = classes;
        this.ends = ends;
        this.match = match;
        for (int i = 0; i < ends.size(); i++) {
            for (IpAddress address : ends.get(i).addresses()) {
                byAddress.computeIfAbsent(address, unknown -> new ArrayList<>()).add(i);
            }
        }
    }

    /** @param home the namespace of the policy that holds the rule */
    BitSet of(PolicyRule rule, String home) {
        AbandonedException.check();
        BitSet all = new BitSet();
        if (rule.peers().isEmpty()) {
            all.set(0, classes.size());
        } else {
            rule.peers().get().forEach(peer -> all.or(of(peer, home)));
        }
        memory.keep(bytes(all));
        return all;
    }

    private BitSet of(PolicyPeer peer, String home) {
        boolean isOfHome = peer.fold(pods -> pods.namespaces().isEmpty(), addresses -> false);
        Question question = new Question(isOfHome ? Optional.of(home) : Optional.empty(), peer);
        BitSet known = answers.get(question);
        if (known != null) {
            return known;
        }
        BitSet found = found(peer, home);
        // Of most blocks of addresses no pod has any; these are many, and found out soon.
        if (!found.isEmpty()) {
            memory.keep(ANSWER + bytes(found));
            answers.put(question, found);
        }
        return found;
    }

    private BitSet found(PolicyPeer peer, String home) {
        BitSet found = new BitSet();
        peer.fold(pods -> candidates(pods, home), this::candidates)
                .filter(number -> match.matches(peer, home, ends.get(number)))
                .forEach(found::set);
        return found;
    }

    private static long bytes(BitSet set) {
        return (long) SET + set.size() / Byte.SIZE;
    }

    private Stream<Integer> candidates(PolicyPeer.Pods pods, String home) {
        return pods.namespaces().map(this::candidates).orElse(ImmutableSet.of(home)).stream()
                .flatMap(namespace -> classes.in(namespace).stream());
    }

    private Stream<Integer> candidates(PolicyPeer.Addresses addresses) {
        Cidr cidr = addresses.block().cidr();
        return byAddress.subMap(cidr.network(), true, cidr.last(), true).values().stream()
                .flatMap(List::stream);
    }

    /** At least the namespaces that the selector matches. */
    private Collection<String> candidates(LabelSelector namespaces) {
        return namespaces
                .listed(Namespace.NAME_LABEL)
                .<Collection<String>>map(names -> names)
                .orElseGet(classes::namespaces);
    }
}
