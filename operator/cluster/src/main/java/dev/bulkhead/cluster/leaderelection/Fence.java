package dev.bulkhead.cluster.leaderelection;

/** Whether this replica may write now. Asked before each write, since a process may be frozen at any point before it. */
@FunctionalInterface
public interface Fence {

    /** For a replica that runs alone. */
    Fence ALWAYS_OPEN = () -> true;

    boolean isOpen();
}
