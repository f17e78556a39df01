package dev.bulkhead.testkit.junit;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.ControlPlaneOptions;
import dev.bulkhead.testkit.ControlPlaneUnavailableException;
import dev.bulkhead.testkit.Tenant;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link OnControlPlane} promises. */
public final class ControlPlaneExtension
        implements ExecutionCondition, BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {

    /** The switch that turns a missing control plane from a skip into a failure. */
    public static final String REQUIRE = "BULKHEAD_REQUIRE_REAL_CONTROL_PLANE";

    // Two, since a class finds in a store of its own what is in the store of the whole run.
    private static final Namespace SHARED = Namespace.create(ControlPlaneExtension.class, "shared");
    private static final Namespace OWN = Namespace.create(ControlPlaneExtension.class, "own");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            return ConditionEvaluationResult.enabled("decided for the class");
        }
        OnControlPlane wish = wish(context);
        try {
            wish.value().prepare(options(wish));
            return ConditionEvaluationResult.enabled("the control plane can be had");
        } catch (ControlPlaneUnavailableException e) {
            if (required()) {
                return ConditionEvaluationResult.enabled("is to fail, as " + REQUIRE + " says");
            }
            System.err.println("SKIPPED " + context.getRequiredTestClass().getName() + ": " + e.getMessage());
            return ConditionEvaluationResult.disabled(e.getMessage());
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        controlPlane(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        keepLogsAfterFailure(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        keepLogsAfterFailure(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KubernetesClient.class || ControlPlane.class.isAssignableFrom(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ControlPlane controlPlane = controlPlane(context);
        return parameter.getParameter().getType() == KubernetesClient.class ? controlPlane.client() : controlPlane;
    }

    private static void keepLogsAfterFailure(ExtensionContext context) {
        OnControlPlane wish = wish(context);
        ControlPlane running = store(context, wish).get(Key.of(wish), ControlPlane.class);
        if (context.getExecutionException().isPresent() && running != null) {
            running.keepLogs()
                    .ifPresent(folder -> System.err.println(
                            context.getDisplayName() + " failed; logs of the control plane: " + folder));
        }
    }

    private static ControlPlane controlPlane(ExtensionContext context) {
        OnControlPlane wish = wish(context);
        return store(context, wish)
                .getOrComputeIfAbsent(Key.of(wish), key -> key.kind().start(key.options()), ControlPlane.class);
    }

    // A store closes what it holds when the class, or the whole run, ends.
    private static ExtensionContext.Store store(ExtensionContext context, OnControlPlane wish) {
        return wish.shared()
                ? context.getRoot().getStore(SHARED)
                : classContext(context).getStore(OWN);
    }

    private static ExtensionContext classContext(ExtensionContext context) {
        ExtensionContext found = context;
        while (!isAnnotated(found)) {
            found = found.getParent().orElseThrow();
        }
        return found;
    }

    private static boolean isAnnotated(ExtensionContext context) {
        return context.getTestMethod().isEmpty()
                && context.getTestClass()
                        .filter(type -> AnnotationSupport.isAnnotated(type, OnControlPlane.class))
                        .isPresent();
    }

    private static OnControlPlane wish(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(classContext(context).getRequiredTestClass(), OnControlPlane.class)
                .orElseThrow();
    }

    private static ControlPlaneOptions options(OnControlPlane wish) {
        return new ControlPlaneOptions(
                Stream.of(wish.tenants()).map(Tenant::new).toList(),
                wish.workloads(),
                wish.workloads() ? wish.nodes() : 0);
    }

    private static boolean required() {
        return Boolean.getBoolean(REQUIRE) || Boolean.parseBoolean(System.getenv(REQUIRE));
    }

    private record Key(ControlPlaneKind kind, ControlPlaneOptions options) {

        static Key of(OnControlPlane wish) {
            return new Key(wish.value(), ControlPlaneExtension.options(wish));
        }
    }
}
