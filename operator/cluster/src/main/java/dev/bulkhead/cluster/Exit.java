package dev.bulkhead.cluster;

/** How a process ends that can do its work no longer: at once, for whoever started it to start it again. */
@FunctionalInterface
public interface Exit {

    void exit(String reason, Throwable cause);
}
