package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.UncheckedExecutionException;
import dev.bulkhead.cluster.apply.StaleViewException;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What JOSDK calls for a namespace: reports how each pass ended and how long it took. JOSDK would log each attempt anew, so
 * its own lines are off.
 */
final class MeasuredReconciler implements Reconciler<Namespace> {

    private static final Logger LOG = LoggerFactory.getLogger(MeasuredReconciler.class);

    private final NamespaceReconciler reconciler;
    private final WakeUps wakeUps;
    private final ReconcileWork work;
    private final HoldLog holds;
    private final FailingNamespaces failures;
    private final Ticker ticker;

    MeasuredReconciler(
            NamespaceReconciler reconciler,
            WakeUps wakeUps,
            ReconcileWork work,
            HoldLog holds,
            FailingNamespaces failures,
            Ticker ticker) {
        this.reconciler = reconciler;
        this.wakeUps = wakeUps;
        this.work = work;
        this.holds = holds;
        this.failures = failures;
        this.ticker = ticker;
    }

    @Override
    public List<EventSource<?, Namespace>> prepareEventSources(EventSourceContext<Namespace> context) {
        return List.of(wakeUps);
    }

    @Override
    public UpdateControl<Namespace> reconcile(Namespace namespace, Context<Namespace> context) {
        String name = namespace.getMetadata().getName();
        UpdateControl<Namespace> done = UpdateControl.noUpdate();
        try {
            return reconcile(name).map(done::rescheduleAfter).orElse(done);
        } catch (RuntimeException e) {
            if (Outage.caused(e)) {
                return done.rescheduleAfter(Outage.pause());
            }
            throw e;
        } catch (Error e) {
            failed(name, e);
            // JOSDK knows exceptions alone: after an error it would never call again for this namespace.
            throw new UncheckedExecutionException(e);
        }
    }

    /** @return when it should be called again, if soon */
    Optional<Duration> reconcile(String name) {
        long begin = ticker.read();
        ReconcileWork.Result result = ReconcileWork.Result.ERROR;
        try {
            Optional<Duration> next = reconciler.reconcile(name);
            result = ReconcileWork.Result.SUCCESS;
            holds.succeeded(name);
            failures.succeeded(name);
            return next;
        } catch (HeldException e) {
            result = ReconcileWork.Result.HELD;
            failures.succeeded(name);
            throw e;
        } catch (StaleViewException e) {
            result = ReconcileWork.Result.CONFLICT;
            failures.failed(name, e.getMessage());
            throw e;
        } catch (KubernetesClientException e) {
            holds.refused(name, Errors.brief(e));
            failures.failed(name, Errors.brief(e));
            throw e;
        } catch (RuntimeException e) {
            failed(name, e);
            throw e;
        } finally {
            Duration took = Duration.ofNanos(ticker.read() - begin);
            work.ended(name, result, took);
            LOG.atDebug()
                    .addKeyValue(LogKey.NAMESPACE, name)
                    .addKeyValue(LogKey.RESULT, result.label())
                    .addKeyValue(LogKey.DURATION_SECONDS, took.toNanos() / 1e9)
                    .log("Namespace looked at");
        }
    }

    private void failed(String name, Throwable failure) {
        holds.failed(name, failure);
        failures.failed(name, Errors.brief(failure));
    }
}
