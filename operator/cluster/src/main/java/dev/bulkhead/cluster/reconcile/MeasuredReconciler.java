package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.apply.StaleViewException;
import dev.bulkhead.cluster.metrics.Work;
import io.fabric8.kubernetes.api.model.Namespace;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Tells how each look at a namespace ended, and how long it took. */
final class MeasuredReconciler implements Reconciler<Namespace> {

    private final Reconciler<Namespace> reconciler;
    private final Work work;
    private final Clock clock;

    MeasuredReconciler(Reconciler<Namespace> reconciler, Work work, Clock clock) {
        this.reconciler = reconciler;
        this.work = work;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, Namespace>> prepareEventSources(EventSourceContext<Namespace> context) {
        return reconciler.prepareEventSources(context);
    }

    @Override
    public UpdateControl<Namespace> reconcile(Namespace namespace, Context<Namespace> context) throws Exception {
        Instant begin = clock.instant();
        String name = namespace.getMetadata().getName();
        Work.Result result = Work.Result.ERROR;
        try {
            UpdateControl<Namespace> control = reconciler.reconcile(namespace, context);
            result = Work.Result.SUCCESS;
            return control;
        } catch (HeldException e) {
            result = Work.Result.HELD;
            work.held(name);
            throw e;
        } catch (StaleViewException e) {
            result = Work.Result.CONFLICT;
            throw e;
        } finally {
            work.ended(name, result, Duration.between(begin, clock.instant()));
        }
    }
}
