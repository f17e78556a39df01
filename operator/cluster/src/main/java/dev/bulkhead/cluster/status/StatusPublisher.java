package dev.bulkhead.cluster.status;

/** One thread that sends reports off as they become due. */
public final class StatusPublisher implements AutoCloseable {

    private final ReportQueue queue;
    private final Thread worker = new Thread(this::work, "bulkhead-status");

    public StatusPublisher(ReportQueue queue) {
        this.queue = queue;
        worker.setDaemon(true);
        worker.start();
    }

    public boolean isAlive() {
        return worker.isAlive();
    }

    @Override
    public void close() {
        queue.close();
        worker.interrupt();
    }

    private void work() {
        try {
            while (queue.awaitAndSend()) {
                // One after the other.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
