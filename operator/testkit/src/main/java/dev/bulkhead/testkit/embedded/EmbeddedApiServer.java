package dev.bulkhead.testkit.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * An API server in this JVM, with the controllers that make Deployments into pods if asked for. It listens on a free port
 * of the loopback interface and believes everybody.
 */
public final class EmbeddedApiServer implements AutoCloseable {

    private final Controllers controllers;
    private final HttpFrontend frontend;

    /**
     * @param workloads whether Deployments get pods, pods run, deleted namespaces are emptied and what has lost its
     *     owner goes
     * @param nodes how many nodes there are for pods to run on
     */
    public EmbeddedApiServer(boolean workloads, int nodes) {
        ObjectStore store = new ObjectStore();
        ResourceTypes types = new ResourceTypes();
        Operations operations = new Operations(store);
        List<Controller> loops = new ArrayList<>();
        loops.add(new DefinitionController(store, operations, types));
        loops.add(new EventController(store, operations));
        if (workloads) {
            loops.add(new NamespaceLifecycle(store, operations));
            loops.add(new DeploymentController(store, operations));
            loops.add(new ReplicaSetController(store, operations));
            loops.add(new PodController(store, operations));
            loops.add(new GarbageCollector(store, operations));
        }
        controllers = new Controllers(loops);
        store.listen(controllers);
        new InitialObjects(operations).create(nodes);
        frontend = new HttpFrontend(store, types, new Router(store, types, operations));
    }

    /** Such as {@code http://127.0.0.1:41234}. */
    public String url() {
        return "http://127.0.0.1:" + frontend.port();
    }

    @Override
    public void close() {
        frontend.close();
        controllers.close();
    }
}
