package dev.bulkhead.app.endtoend;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.dsl.Watchable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Everything that a team may see of its own namespace which Bulkhead writes, and each time that any of it is written; all
 * read with the team's own token. Times, versions and what the namespaces are called are left out.
 */
final class TeamView implements AutoCloseable {

    private final KubernetesClient team;
    private final String namespace;
    private final UnaryOperator<String> anonymous;
    private final List<Watch> watches = new ArrayList<>();
    private final List<String> writes = new ArrayList<>();
    private WatcherException broken;

    /** @param anonymous takes what is called differently from case to case out of a text */
    TeamView(KubernetesClient team, String namespace, UnaryOperator<String> anonymous) {
        this.team = team;
        this.namespace = namespace;
        this.anonymous = anonymous;
        watch(team.genericKubernetesResources(Cluster.API, "AccessIntent").inNamespace(namespace));
        watch(team.network().v1().networkPolicies().inNamespace(namespace));
        watch(team.events().v1().events().inNamespace(namespace));
    }

    private <T extends HasMetadata> void watch(Watchable<T> objects) {
        watches.add(objects.watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                if (!(object instanceof Event event) || isOurs(event)) {
                    note(action + " " + described(object));
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                breakOff(cause);
            }
        }));
    }

    private synchronized void note(String write) {
        writes.add(write);
    }

    private synchronized void breakOff(WatcherException cause) {
        broken = cause;
    }

    /** What was written since, in order for each object. */
    synchronized List<String> writesAfter(int earlier) {
        if (broken != null) {
            throw new AssertionError("the watch has ended, so that writes may be missing", broken);
        }
        return writes.subList(earlier, writes.size()).stream().sorted().toList();
    }

    synchronized int writes() {
        return writes.size();
    }

    /** What is there now, by kind and name. */
    SortedMap<String, String> now() {
        SortedMap<String, String> seen = new TreeMap<>();
        see(team.genericKubernetesResources(Cluster.API, "AccessIntent").inNamespace(namespace), seen);
        see(team.network().v1().networkPolicies().inNamespace(namespace), seen);
        SortedMap<String, Integer> events = new TreeMap<>();
        team.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(TeamView::isOurs)
                .forEach(event -> events.merge(described(event), 1, Integer::sum));
        seen.put("events", events.toString());
        return seen;
    }

    private <T extends HasMetadata> void see(
            Listable<? extends io.fabric8.kubernetes.api.model.KubernetesResourceList<T>> objects,
            Map<String, String> seen) {
        Collection<T> items = objects.list().getItems();
        items.forEach(object -> seen.put(
                anonymous.apply(object.getKind() + " " + object.getMetadata().getName()), described(object)));
    }

    private static boolean isOurs(Event event) {
        return "bulkhead.dev/operator".equals(event.getReportingController());
    }

    private String described(HasMetadata object) {
        String text;
        if (object instanceof Event event) {
            text = "Event " + event.getType() + " " + event.getReason() + " "
                    + event.getRegarding().getName() + ": " + event.getNote();
        } else if (object instanceof NetworkPolicy policy) {
            text = "NetworkPolicy " + policy.getMetadata().getName() + " "
                    + policy.getMetadata().getLabels() + " "
                    + policy.getMetadata().getAnnotations() + " " + policy.getSpec();
        } else {
            GenericKubernetesResource intent = (GenericKubernetesResource) object;
            Object status = intent.get("status");
            text = "AccessIntent " + intent.getMetadata().getName() + " "
                    + intent.getMetadata().getGeneration() + " "
                    + String.valueOf(status).replaceAll("lastTransitionTime=[^,}]*", "");
        }
        return anonymous.apply(text);
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
