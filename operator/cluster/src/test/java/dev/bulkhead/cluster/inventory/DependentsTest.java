package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.Dependency;
import dev.bulkhead.core.compile.WorldChange;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DependentsTest {

    private static final Dependency FACTS = Dependency.ClusterWide.FACTS;
    private static final Dependency GUARDRAILS = Dependency.ClusterWide.GUARDRAILS;
    private static final WorldChange OF_FACTS = WorldChange.of(Dependency.ClusterWide.FACTS);
    private static final WorldChange OF_GUARDRAILS = WorldChange.of(Dependency.ClusterWide.GUARDRAILS);

    private final Dependents dependents = new Dependents();

    @Test
    void aChangeConcernsThoseWhoseLastCompilationDependedOnIt() {
        dependents.compiled("shop", on(FACTS));
        dependents.compiled("pay", on(GUARDRAILS));
        dependents.compiled("cache", on(FACTS, GUARDRAILS));
        assertEquals(Set.of("shop", "cache"), dependents.concernedBy(OF_FACTS));
        assertEquals(Set.of("pay", "cache"), dependents.concernedBy(OF_GUARDRAILS));
        assertEquals(Set.of(), dependents.concernedBy(WorldChange.existence("shop")));
        assertEquals(Set.of(), dependents.concernedBy(WorldChange.nothing()));
    }

    @Test
    void onlyTheLastCompilationCounts() {
        dependents.compiled("shop", on(FACTS));
        dependents.compiled("cache", on(FACTS));
        dependents.compiled("shop", on(GUARDRAILS));
        assertEquals(Set.of("cache"), dependents.concernedBy(OF_FACTS));
        assertEquals(Set.of("shop"), dependents.concernedBy(OF_GUARDRAILS));
        dependents.compiled("shop", on(FACTS, GUARDRAILS));
        assertEquals(Set.of("cache", "shop"), dependents.concernedBy(OF_FACTS));
        assertEquals(Set.of("shop"), dependents.concernedBy(OF_GUARDRAILS));
        dependents.compiled("shop", on(FACTS, GUARDRAILS));
        assertEquals(Set.of("shop"), dependents.concernedBy(OF_GUARDRAILS));
    }

    @Test
    void everyChangeConcernsThoseThatAreBeingCompiled() {
        dependents.begin("shop");
        assertEquals(Set.of("shop"), dependents.concernedBy(OF_FACTS));
        dependents.compiled("shop", on(GUARDRAILS));
        assertEquals(Set.of(), dependents.concernedBy(OF_FACTS));
    }

    @Test
    void oneThatFailedDependsOnWhatItDependedOnBefore() {
        dependents.compiled("shop", on(FACTS));
        dependents.begin("shop");
        dependents.notCompiled("shop");
        assertEquals(Set.of("shop"), dependents.concernedBy(OF_FACTS));
        assertEquals(Set.of(), dependents.concernedBy(OF_GUARDRAILS));
    }

    @Test
    void whoIsForgottenIsNotConcerned() {
        dependents.forget("never heard of");
        dependents.compiled("shop", on(FACTS));
        dependents.compiled("cache", on(FACTS));
        dependents.forget("shop");
        assertEquals(Set.of("cache"), dependents.concernedBy(OF_FACTS));
        dependents.forget("cache");
        assertEquals(Set.of(), dependents.concernedBy(OF_FACTS));
    }

    private static Dependencies on(Dependency... some) {
        return new Dependencies(ImmutableSet.copyOf(some), ImmutableSet.of());
    }
}
