package dev.bulkhead.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.bulkhead.app.manifest.Tree;
import java.util.Set;
import java.util.stream.Stream;

/** An instanceof passes over a case that it does not know. A fold does not compile then. */
@AnalyzeClasses(
        packages = {"dev.bulkhead.cluster", "dev.bulkhead.app"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class SealedFamiliesTest {

    /**
     * A field of a file takes one kind of value. Whoever reads it asks for just that kind, and reports everything else as
     * a flaw, whatever it is.
     */
    private static final Set<Class<?>> ASKED_FOR_ONE_KIND = Set.of(Tree.class);

    @ArchTest
    static final ArchRule areTakenApartByFolds = classes().should(askNoInstanceof());

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
                        .map(JavaClass::reflect)
                        .anyMatch(family -> family.isSealed() && !ASKED_FOR_ONE_KIND.contains(family));
    }

    private static String file(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }
}
