package dev.bulkhead.cluster;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

@AnalyzeClasses(packages = "dev.bulkhead.cluster", importOptions = ImportOption.DoNotIncludeTests.class)
class WritersTest {

    private static final Set<String> WRITING = Set.of(
            "create",
            "createOr",
            "createOrReplace",
            "update",
            "updateStatus",
            "replace",
            "patch",
            "patchStatus",
            "edit",
            "editStatus",
            "serverSideApply",
            "delete",
            "scale");

    private static final DescribedPredicate<JavaCall<?>> WRITES = describe(
            "write to the API server",
            call -> WRITING.contains(call.getName())
                    && call.getTargetOwner().getPackageName().startsWith("io.fabric8.kubernetes.client"));

    private static final DescribedPredicate<JavaClass> WRITERS = describe(
            "a writer, or asks by creating what is kept nowhere",
            type -> Set.of("ClusterPolicyApi", "ClusterLeaseApi", "ClusterStatusApi", "Stamper", "Reviews")
                    .contains(type.getSimpleName()));

    @ArchTest
    static final ArchRule ONLY_WRITERS_WRITE =
            noClasses().that(DescribedPredicate.not(WRITERS)).should().callCodeUnitWhere(codeUnit(WRITES));

    @ArchTest
    static final ArchRule NOTHING_HAS_OWNERS_OR_FINALIZERS = noClasses()
            .should()
            .callCodeUnitWhere(codeUnit(describe(
                    "set owner references or finalizers",
                    call -> call.getName().matches("(?!get).*(OwnerReference|Finalizer).*"))));

    @ArchTest
    static final ArchRule WHAT_READS_DOES_NOT_KNOW_WHAT_WRITES = noClasses()
            .that()
            .resideInAnyPackage("..inventory..", "..read..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..apply..", "..status..", "..reconcile..", "..lead..");

    private static DescribedPredicate<JavaCall<?>> codeUnit(DescribedPredicate<JavaCall<?>> predicate) {
        return predicate;
    }
}
