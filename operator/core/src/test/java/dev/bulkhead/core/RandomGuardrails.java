package dev.bulkhead.core;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.ArrayList;
import java.util.List;

/** Guardrails that a seed stands for, made to meet what {@link RandomIntents} ask for. */
final class RandomGuardrails {

    private static final List<String> PATTERNS = List.of("shop", "shop*", "pay", "web", "kube-system", "p*");
    private static final List<Cidr> NETWORKS =
            List.of(Cidr.parse("203.0.113.0/28"), Cidr.parse("8.8.8.8/32"), Cidr.parse("2000::/3"));
    private static final List<Ports> PORTS = List.of(
            Ports.none(),
            Ports.none(),
            Ports.port(Protocol.TCP, 8080),
            Ports.port(Protocol.UDP, 53),
            Ports.of(PortSet.range(Protocol.TCP, 1, 1024)));

    private final Dice dice;

    RandomGuardrails(long seed) {
        dice = new Dice(seed);
    }

    /** The same with guardrails that deny something. */
    Declarations under(Declarations declarations) {
        List<DeclaredGuardrail> guardrails = new ArrayList<>();
        for (int i = dice.from(1, 2); i > 0; i--) {
            guardrails.add(new DeclaredGuardrail(
                    "guardrail-" + i,
                    "for a test",
                    ImmutableList.of(new DeclaredGuardrail.Connections(ends(), ends(), dice.of(PORTS))),
                    ImmutableList.of()));
        }
        List<DeclaredIntent> intents = new ArrayList<>();
        declarations
                .intents()
                .values()
                .forEach(group -> intents.addAll(group.intents().values()));
        return Declarations.of(
                intents,
                declarations.segments().values(),
                guardrails,
                declarations.wellKnown(),
                declarations.excluded());
    }

    private DeclaredGuardrail.Ends ends() {
        if (dice.below(3) == 0) {
            return DeclaredGuardrail.Ends.anything();
        }
        return new DeclaredGuardrail.Ends(
                dice.rarely() ? ImmutableSet.of(dice.of(List.of("edge", "inner", "rest"))) : ImmutableSet.of(),
                dice.even() ? ImmutableList.of(dice.of(PATTERNS)) : ImmutableList.of(),
                dice.even() ? ImmutableList.of(dice.of(NETWORKS)) : ImmutableList.of(),
                dice.even() ? ImmutableSet.of(dice.of(List.of(WellKnown.values()))) : ImmutableSet.of());
    }
}
