package dev.bulkhead.app.console;

import dev.bulkhead.cluster.inventory.LiveView;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A cluster in which nothing happens, seen by a replica that leads. */
record UnchangingCluster(LiveView view) implements ObservedCluster {

    /** A console that shows it, at a free port of this machine. */
    ConsoleServer console(SignIn signIn, ReviewingServer api) {
        return new ConsoleServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                signIn,
                this,
                api.client());
    }

    @Override
    public boolean hasReadAll() {
        return true;
    }

    @Override
    public boolean isLeading() {
        return true;
    }
}
