package dev.bulkhead.cluster.reconcile;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.metrics.Work;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class NamespaceControllerTest {

    @Test
    void oneThatWasClosedBeforeItStartedStaysClosed() {
        Clock clock = Clock.systemUTC();
        KubernetesClient client = mock();
        NamespaceController controller = new NamespaceController(
                client,
                1,
                clock,
                new Progress(Ticker.systemTicker()),
                new Work(new CollectorRegistry(), clock),
                new LogQuota(clock));
        controller.close();
        controller.start(null, null, null, failure -> {});
        verifyNoInteractions(client);
    }
}
