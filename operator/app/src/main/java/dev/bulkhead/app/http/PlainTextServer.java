package dev.bulkhead.app.http;

import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for a few fixed paths with short plain texts. One thread serves all connections and never waits for any
 * of them, so a client that sends half a request, sends nothing or reads slowly delays nobody else. A connection has a
 * second for its request and its answer; of too many connections the oldest is dropped.
 */
public final class PlainTextServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlainTextServer.class);
    private static final int MOST_CONNECTIONS = 512;
    /** Few enough that requests which have arrived are answered between two rounds of new connections. */
    private static final int ACCEPTED_AT_ONCE = 64;

    private static final int BACKLOG = 1024;
    private static final Duration LIMIT = Duration.ofSeconds(1);
    /** Until connections are accepted again after that has failed, as it does when the process has no file descriptor left. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** What a path answers. */
    public record Reply(int code, String text) {}

    private final ImmutableMap<String, Supplier<Reply>> pages;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final SelectionKey accepting;
    private final ByteBuffer received = ByteBuffer.allocate(4096);
    /** The oldest first. */
    private final Set<TextConnection> connections = new LinkedHashSet<>();

    private final Thread thread;
    private volatile boolean closing;

    /**
     * @param port 0 for any that is free
     * @param pages by path; asked on the thread of the server, so they have to answer at once
     */
    public PlainTextServer(int port, String name, Map<String, Supplier<Reply>> pages) throws IOException {
        this.pages = ImmutableMap.copyOf(pages);
        this.selector = Selector.open();
        this.listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(new InetSocketAddress(port), BACKLOG);
            listener.configureBlocking(false);
            this.accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            listener.close();
            selector.close();
            throw e;
        }
        this.thread = new Thread(this::serve, name);
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    private void serve() {
        try {
            while (!closing) {
                selector.select(untilOldestIsOverdue().toMillis() + 1);
                accepting.interestOps(SelectionKey.OP_ACCEPT);
                Set<SelectionKey> ready = selector.selectedKeys();
                ready.forEach(this::handle);
                ready.clear();
                dropOverdue();
            }
            listener.close();
            selector.close();
        } catch (IOException e) {
            LOG.atError().setCause(e).log("Probes not served any longer");
        }
        connections.forEach(TextConnection::close);
    }

    private Duration untilOldestIsOverdue() {
        if (accepting.interestOps() == 0) {
            return PAUSE;
        }
        return connections.isEmpty() ? LIMIT : connections.iterator().next().left(System.nanoTime());
    }

    private void handle(SelectionKey key) {
        if (key.equals(accepting)) {
            accept();
            return;
        }
        TextConnection connection = (TextConnection) key.attachment();
        try {
            if (key.isValid() && key.isReadable() && connection.receive(received)) {
                connection.answer(reply(connection.path()));
            }
            if (key.isValid() && !connection.send(key)) {
                return;
            }
            drop(connection);
        } catch (IOException e) {
            // The client has gone, or sends what is no request.
            drop(connection);
        }
    }

    private Reply reply(String path) {
        try {
            return pages.getOrDefault(path, () -> new Reply(404, "not found; there are " + pages.keySet() + "\n"))
                    .get();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Probe failed");
            return new Reply(500, "this is a defect of bulkhead; its log says more\n");
        }
    }

    private void accept() {
        try {
            for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
                SocketChannel channel = listener.accept();
                if (channel == null) {
                    return;
                }
                if (connections.size() >= MOST_CONNECTIONS) {
                    drop(connections.iterator().next());
                }
                channel.configureBlocking(false);
                TextConnection connection = new TextConnection(channel, System.nanoTime() + LIMIT.toNanos());
                channel.register(selector, SelectionKey.OP_READ, connection);
                connections.add(connection);
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("Connection not accepted");
            accepting.interestOps(0);
        }
    }

    private void dropOverdue() {
        long now = System.nanoTime();
        Iterator<TextConnection> oldest = connections.iterator();
        while (oldest.hasNext()) {
            TextConnection connection = oldest.next();
            if (!connection.left(now).isZero()) {
                return;
            }
            oldest.remove();
            connection.close();
        }
    }

    private void drop(TextConnection connection) {
        connections.remove(connection);
        connection.close();
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        Uninterruptibles.joinUninterruptibly(thread);
    }
}
