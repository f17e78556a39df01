package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.api.v1alpha1.GuardrailDemand;
import dev.bulkhead.api.v1alpha1.GuardrailDenial;
import dev.bulkhead.api.v1alpha1.GuardrailEnds;
import dev.bulkhead.api.v1alpha1.GuardrailSpec;
import dev.bulkhead.api.v1alpha1.IdentityAssurance;
import dev.bulkhead.api.v1alpha1.PortRange;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.world.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Guardrails; checked once more, like {@link IntentReader}. */
public final class GuardrailReader {

    /** @throws InvalidDeclarationException with everything that is wrong */
    public DeclaredGuardrail read(dev.bulkhead.api.v1alpha1.Guardrail guardrail) {
        GuardrailSpec spec = guardrail.getSpec();
        if (spec == null) {
            throw new InvalidDeclarationException("spec", "say under spec what is denied (deny) or demanded (demand)");
        }
        List<ObjectProblem> problems = new ArrayList<>();
        String name =
                collect(problems, "", () -> Names.label(guardrail.getMetadata().getName(), "metadata.name"));
        if (spec.description() == null || spec.description().isBlank()) {
            problems.add(new ObjectProblem(
                    "spec.description", "say what this is for: teams whose rules it forbids read it"));
        }
        if (spec.deny().isEmpty() && spec.demand().isEmpty()) {
            problems.add(new ObjectProblem("spec", "say at least one limit under deny or demand"));
        }
        ImmutableList.Builder<DeclaredGuardrail.Connections> denials = ImmutableList.builder();
        for (int i = 0; i < spec.deny().size(); i++) {
            GuardrailDenial denial = spec.deny().get(i);
            String field = "spec.deny[" + i + "]";
            problems.addAll(Unacknowledged.problems(denial, field));
            collect(
                    problems,
                    denials,
                    () -> denials.add(connections(denial.from(), denial.to(), denial.ports(), field)));
        }
        ImmutableList.Builder<DeclaredGuardrail.Demand> demands = ImmutableList.builder();
        for (int i = 0; i < spec.demand().size(); i++) {
            GuardrailDemand demand = spec.demand().get(i);
            String field = "spec.demand[" + i + "]";
            collect(problems, demands, () -> demands.add(demand(demand, field)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDeclarationException(problems);
        }
        return new DeclaredGuardrail(name, spec.description(), denials.build(), demands.build());
    }

    private static <T> T collect(List<ObjectProblem> problems, T otherwise, Supplier<T> part) {
        try {
            return part.get();
        } catch (InvalidDeclarationException e) {
            problems.addAll(e.problems());
            return otherwise;
        }
    }

    private static DeclaredGuardrail.Demand demand(GuardrailDemand demand, String field) {
        if (demand.identity() == IdentityAssurance.ASSERTED) {
            throw new InvalidDeclarationException(
                    field + ".identity", "Asserted demands nothing: write Verified, or leave identity out");
        }
        DeclaredGuardrail.Demand read = new DeclaredGuardrail.Demand(
                connections(demand.from(), demand.to(), demand.ports(), field),
                demand.reason(),
                demand.identity() == IdentityAssurance.VERIFIED,
                demand.maxAddresses() == null ? OptionalLong.empty() : OptionalLong.of(demand.maxAddresses()),
                demand.maxNamespaces() == null ? OptionalInt.empty() : OptionalInt.of(demand.maxNamespaces()));
        if (!read.reason()
                && !read.verified()
                && read.addresses().isEmpty()
                && read.namespaces().isEmpty()) {
            throw new InvalidDeclarationException(
                    field, "demand at least one of reason: true, identity: Verified, maxAddresses or maxNamespaces");
        }
        return read;
    }

    private static DeclaredGuardrail.Connections connections(
            GuardrailEnds from, GuardrailEnds to, List<PortRange> ports, String field) {
        return new DeclaredGuardrail.Connections(
                ends(from, field + ".from"), ends(to, field + ".to"), PortRangeReader.read(ports, field + ".ports"));
    }

    private static DeclaredGuardrail.Ends ends(GuardrailEnds ends, String field) {
        if (ends == null) {
            return DeclaredGuardrail.Ends.anything();
        }
        ImmutableSet.Builder<String> segments = ImmutableSet.builder();
        for (int i = 0; i < ends.segments().size(); i++) {
            segments.add(Names.label(ends.segments().get(i), field + ".segments[" + i + "]"));
        }
        ImmutableList.Builder<String> namespaces = ImmutableList.builder();
        for (int i = 0; i < ends.namespaces().size(); i++) {
            namespaces.add(Names.glob(ends.namespaces().get(i), field + ".namespaces[" + i + "]"));
        }
        ImmutableList.Builder<Cidr> networks = ImmutableList.builder();
        for (int i = 0; i < ends.networks().size(); i++) {
            networks.add(PeerReader.range(ends.networks().get(i), field + ".networks[" + i + "]"));
        }
        ImmutableSet<WellKnown> wellKnown =
                ends.wellKnown().stream().map(PeerReader::wellKnown).collect(ImmutableSet.toImmutableSet());
        DeclaredGuardrail.Ends read =
                new DeclaredGuardrail.Ends(segments.build(), namespaces.build(), networks.build(), wellKnown);
        if (read.isAnything()) {
            throw new InvalidDeclarationException(
                    field,
                    "name at least one of segments, namespaces, networks or wellKnown; for any end leave it out");
        }
        return read;
    }
}
