package dev.bulkhead.app.rights;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.bulkhead.app.Shell;
import dev.bulkhead.cluster.Operator;

/** Whatever a test finds out about an operator is true of one that has the rights of the chart and no others. */
@AnalyzeClasses(packages = "dev.bulkhead.app", importOptions = ImportOption.OnlyIncludeTests.class)
class OnlyConfinedOperatorsTest {

    /** That of ConsoleServerTest is never started: its API server answers reviews and nothing else. */
    @ArchTest
    static final ArchRule noTestStartsAnOperatorByItself = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ConfinedOperator.class.getName())
            .and()
            .doNotHaveSimpleName("ConsoleServerTest")
            .should()
            .callConstructorWhere(describe(
                    "an operator is made",
                    (JavaConstructorCall call) -> call.getTargetOwner().isEquivalentTo(Operator.class)));

    /**
     * HelpTest runs a shell, Certificates keytool, KubectlProxy what its name says, SmallConsole a console without an
     * operator, and Shell what users run: kubectl, and scripts that we give them.
     */
    @ArchTest
    static final ArchRule noTestStartsAProcessByItself = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(OperatorProcess.class.getName())
            .and()
            .doNotHaveSimpleName("HelpTest")
            .and()
            .doNotHaveSimpleName("Certificates")
            .and()
            .doNotHaveSimpleName("KubectlProxy")
            .and()
            .doNotHaveSimpleName("SmallConsole")
            .and()
            .doNotHaveFullyQualifiedName(Shell.class.getName())
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.ProcessBuilder");
}
