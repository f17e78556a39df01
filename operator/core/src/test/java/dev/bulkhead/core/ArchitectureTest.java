package dev.bulkhead.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Set;

/** The walls of the core: what makes it pure, and which room may look into which. */
@AnalyzeClasses(packages = "dev.bulkhead.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule dependsOnTheJdkAndGuavaAlone = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("dev.bulkhead.core..", "java..", "com.google.common.."));

    @ArchTest
    static final ArchRule readsAndWritesNothing = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.io", "java.nio.file..", "java.nio.channels..", "java.sql.."));

    @ArchTest
    static final ArchRule usesNoNetwork = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("java.net..")
                    .and(are(describe(
                            "not for reading addresses",
                            type -> Set.of(
                                            InetAddress.class.getName(),
                                            Inet6Address.class.getName(),
                                            UnknownHostException.class.getName())
                                    .stream()
                                    .noneMatch(type.getName()::equals)))));

    @ArchTest
    static final ArchRule asksNoNameServer = noClasses()
            .should()
            .callMethodWhere(describe(
                    "a host name is looked up",
                    (JavaCall<?> call) -> call.getTargetOwner().isAssignableTo(InetAddress.class)
                            && Set.of(
                                            "getByName",
                                            "getAllByName",
                                            "getLocalHost",
                                            "getHostName",
                                            "getCanonicalHostName")
                                    .contains(call.getName())));

    @ArchTest
    static final ArchRule hasNoClock = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethodWhere(describe("the time is read", ArchitectureTest::readsTheTime));

    @ArchTest
    static final ArchRule leavesNothingToChance = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Random|SplittableRandom|UUID|concurrent\\.ThreadLocalRandom|random\\..*)")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule roomsLookOnlyDown = layeredArchitecture()
            .consideringAllDependencies()
            .withOptionalLayers(false)
            .layer("world")
            .definedBy("dev.bulkhead.core.world..")
            .layer("intent")
            .definedBy("dev.bulkhead.core.intent..")
            .layer("policy")
            .definedBy("dev.bulkhead.core.policy..")
            .layer("reach")
            .definedBy("dev.bulkhead.core.reach..")
            .layer("compile")
            .definedBy("dev.bulkhead.core.compile..")
            .layer("plan")
            .definedBy("dev.bulkhead.core.plan..")
            .whereLayer("plan")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("compile")
            .mayOnlyBeAccessedByLayers("plan")
            .whereLayer("reach")
            .mayOnlyBeAccessedByLayers("compile", "plan")
            .whereLayer("policy")
            .mayOnlyBeAccessedByLayers("reach", "compile", "plan")
            .whereLayer("intent")
            .mayOnlyBeAccessedByLayers("policy", "reach", "compile", "plan")
            .ensureAllClassesAreContainedInArchitecture();

    @ArchTest
    static final ArchRule reachabilityKnowsNoIntents = noClasses()
            .that(resideInAPackage("dev.bulkhead.core.reach.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.bulkhead.core.intent.."));

    private static boolean readsTheTime(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        if (owner.isEquivalentTo(System.class)) {
            return Set.of("currentTimeMillis", "nanoTime").contains(call.getName());
        }
        return owner.getPackageName().equals("java.time") && call.getName().equals("now");
    }
}
