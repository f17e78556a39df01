package dev.bulkhead.cluster.inventory;

import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps what it is told, in order. */
final class RecordingListener implements InventoryListener {

    final List<String> told = new ArrayList<>();

    @Override
    public void touched(Set<String> namespaces) {
        told.add("touched " + namespaces);
    }

    @Override
    public void enrolmentChanged() {
        told.add("enrolment");
    }

    @Override
    public void drifted(NetworkPolicy.Key key, String by) {
        told.add("drifted " + key.namespace() + "/" + key.name() + " by '" + by + "'");
    }

    @Override
    public void gone(String namespace) {
        told.add("gone " + namespace);
    }
}
