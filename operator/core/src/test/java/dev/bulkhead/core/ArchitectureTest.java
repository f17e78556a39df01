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
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Stream;

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

    @ArchTest
    static final ArchRule takesSealedFamiliesApartByFolds = classes().should(askNoInstanceof());

    @ArchTest
    static final ArchRule asksNoClassWhetherItHasAnInstance = noClasses()
            .should()
            .accessTargetWhere(describe(
                    "Class.isInstance or Class.cast is used, which would be an instanceof in disguise",
                    access -> access.getTargetOwner().isEquivalentTo(Class.class)
                            && Set.of("isInstance", "cast").contains(access.getName())));

    /** An instanceof passes over a case that it does not know; a fold does not compile then. */
    private static ArchCondition<JavaClass> askNoInstanceof() {
        return new ArchCondition<>("ask no instanceof for a member of a sealed family of another file") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getInstanceofChecks().stream()
                        .filter(check -> isOfSealedFamily(check.getRawType())
                                && !file(check.getRawType()).equals(file(type)))
                        .forEach(check -> events.add(SimpleConditionEvent.violated(
                                check,
                                check.getOwner().getFullName() + " asks for "
                                        + check.getRawType().getName() + " in " + check.getSourceCodeLocation())));
            }
        };
    }

    private static boolean isOfSealedFamily(JavaClass type) {
        return type.getPackageName().startsWith("dev.bulkhead.")
                && Stream.concat(Stream.of(type), type.getAllRawInterfaces().stream())
                        .anyMatch(family -> family.reflect().isSealed());
    }

    private static String file(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    private static boolean readsTheTime(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        if (owner.isEquivalentTo(System.class)) {
            return Set.of("currentTimeMillis", "nanoTime").contains(call.getName());
        }
        return owner.getPackageName().equals("java.time") && call.getName().equals("now");
    }
}
