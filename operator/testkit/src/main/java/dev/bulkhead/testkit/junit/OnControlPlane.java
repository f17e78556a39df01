package dev.bulkhead.testkit.junit;

import dev.bulkhead.testkit.ControlPlaneKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the tests of a class against a control plane, started before the first and stopped after the last. Constructors
 * and methods may have parameters of the types {@link dev.bulkhead.testkit.ControlPlane} (or the class of it) and
 * {@link io.fabric8.kubernetes.client.KubernetesClient} (the administrator's).
 *
 * <p>Where this machine cannot have the control plane, the tests are skipped, loudly and with the remedy; or they fail, if
 * the system property or the environment variable {@value ControlPlaneExtension#REQUIRE} is {@code true}. When a test
 * fails, the logs of the control plane are kept and their folder is named.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ControlPlaneExtension.class)
public @interface OnControlPlane {

    ControlPlaneKind value();

    /** One control plane for all classes of this JVM that ask for the same, instead of one for this class alone. */
    boolean shared() default false;

    /** Whether Deployments get pods and pods run. */
    boolean workloads() default true;

    int nodes() default 2;

    /** Users besides the administrator, who may do what RBAC grants them. */
    String[] tenants() default {};
}
