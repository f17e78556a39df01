package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.intent.Spelling;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Workload;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Turns a reference to a workload into a selector. For one thread. */
final class WorkloadResolver {

    /** A service account. */
    private record Account(String namespace, String name) {}

    private final TrackedInputs inputs;
    // Looked up once, however many rules refer to them.
    private final Map<String, ImmutableSet<String>> doubted = new HashMap<>();
    private final Map<Account, Resolution<LabelSelector>> asserted = new HashMap<>();

    WorkloadResolver(TrackedInputs inputs) {
        this.inputs = inputs;
    }

    /** Whether the selector was read off an object of the namespace, rather than off the reference. */
    static boolean isLookedUp(WorkloadSelector reference, Selection selection) {
        return reference.fold(new WorkloadSelector.Cases<>() {
            @Override
            public Boolean serviceAccount(WorkloadSelector.ServiceAccount account) {
                return !selection.isVerified();
            }

            @Override
            public Boolean owner(WorkloadSelector.Owner owner) {
                return true;
            }

            @Override
            public Boolean labels(WorkloadSelector.Labels labels) {
                return false;
            }

            @Override
            public Boolean all(WorkloadSelector.All all) {
                return false;
            }
        });
    }

    /**
     * @param viewer the namespace of the intent, which may be told what is wrong in itself alone
     * @param namespace where the workload is; one that is not there counts as empty
     */
    Resolution<Selection> resolve(String viewer, String namespace, WorkloadSelector reference) {
        boolean own = viewer.equals(namespace);
        return reference.fold(new WorkloadSelector.Cases<>() {
            @Override
            public Resolution<Selection> serviceAccount(WorkloadSelector.ServiceAccount account) {
                return WorkloadResolver.this.serviceAccount(own, inputs.population(namespace), account.name());
            }

            @Override
            public Resolution<Selection> owner(WorkloadSelector.Owner owner) {
                Map<Workload.Key, Workload> workloads =
                        inputs.population(namespace).workloads();
                Workload workload = workloads.get(owner.key());
                return workload == null
                        ? Resolution.missing(
                                own, owner.key() + " is not there" + instead(owner.key(), workloads.keySet()))
                        : new Resolution.Found<>(new Selection(workload.selector(), Selection.Basis.LABELS));
            }

            @Override
            public Resolution<Selection> labels(WorkloadSelector.Labels labels) {
                return WorkloadResolver.labels(own, labels.selector());
            }

            @Override
            public Resolution<Selection> all(WorkloadSelector.All all) {
                return new Resolution.Found<>(Selection.all());
            }
        });
    }

    private static String instead(Workload.Key key, Set<Workload.Key> known) {
        return Spelling.nearestOfFew(key, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    private ImmutableSet<String> doubted(Namespace namespace) {
        return doubted.computeIfAbsent(namespace.name(), name -> Identity.doubted(namespace));
    }

    private static Resolution<Selection> labels(boolean own, LabelSelector selector) {
        if (selector.isImpossible()) {
            return Resolution.missing(own, "the podSelector contradicts itself: no pod can match " + selector);
        }
        if (PolicyBuilder.selectsQuarantinedAlone(selector)) {
            return Resolution.missing(
                    own, "the podSelector selects quarantined pods alone, which are allowed nothing; select others");
        }
        return new Resolution.Found<>(new Selection(selector, Selection.Basis.LABELS));
    }

    /** Until every live pod of it has the stamp, the workloads that run under it stand for it. */
    private Resolution<Selection> serviceAccount(boolean own, Namespace namespace, String name) {
        boolean inForce = inputs.facts().identityInForce();
        if (inForce && !doubted(namespace).contains(name)) {
            return new Resolution.Found<>(new Selection(Identity.selector(name), Selection.Basis.STAMP));
        }
        Resolution<LabelSelector> labels = asserted.computeIfAbsent(
                new Account(namespace.name(), name), account -> AssertedAccounts.resolve(namespace, name));
        return labels.fold(
                found -> new Resolution.Found<>(new Selection(found, Selection.Basis.LABELS)),
                failed -> Resolution.missing(
                        own,
                        (inForce
                                        ? "pods of service account " + name
                                                + " were there before the admission policies and lack the"
                                                + " stamp (bulkhead stamp brings it, and so does a restart); "
                                        : "nothing vouches for service account " + name
                                                + ": the admission policies that stamp pods"
                                                + " are not in force (the chart installs them: identity.enabled); ")
                                + failed.message()));
    }
}
