package dev.bulkhead.cluster.leaderelection;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/**
 * Sends no write while a fence is closed, whichever part of the operator asks for it. Every attempt is looked at, including
 * those that the client repeats by itself.
 */
public final class FencedRequests implements Interceptor {

    private static final String READ = "GET";

    private final Fence fence;

    public FencedRequests(Fence fence) {
        this.fence = fence;
    }

    /** Guards the requests of the clients that are made by it. */
    public void guard(HttpClient.Builder clients) {
        clients.addOrReplaceInterceptor("bulkhead-fence", this);
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (!request.method().equals(READ) && !fence.isOpen()) {
            throw new KubernetesClientException(
                    "nothing is written since this replica does not lead, or could not renew its lease in time");
        }
    }
}
