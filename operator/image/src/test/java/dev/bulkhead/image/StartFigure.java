package dev.bulkhead.image;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.ChartAccount;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How soon the image is ready on an empty cluster. Run by hand, as the page on the image says; asserts nothing. */
@OnControlPlane(ControlPlaneKind.REAL)
class StartFigure {

    private static final int RUNS = 11;

    @Test
    void fromTheStartOfTheProcessToReady(ControlPlane controlPlane, @TempDir Path folder)
            throws IOException, InterruptedException {
        Sandbox.require();
        ImageDefinitions.install(controlPlane.client());
        ChartAccount account = ChartAccount.ofOperator(controlPlane);
        account.create();
        Image image = Image.unpack(
                Path.of(System.getProperty("bulkhead.image")), Files.createDirectory(folder.resolve("image")));
        long[] milliseconds = new long[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long begin = System.nanoTime();
            ImageOperator operator =
                    ImageOperator.start(image, account.configuration(), folder.resolve("run-" + run), "", List.of());
            while (!isReady(operator.probePort())) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
            milliseconds[run] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            operator.sandbox().close();
        }
        long[] sorted = IntStream.range(0, RUNS)
                .mapToLong(i -> milliseconds[i])
                .sorted()
                .toArray();
        System.out.printf(
                "from the start of the image to /readyz: median %d ms, %d to %d ms, n=%d%n",
                sorted[RUNS / 2], sorted[0], sorted[RUNS - 1], RUNS);
    }

    private static boolean isReady(int port) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/readyz").toURL().openConnection();
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        } finally {
            connection.disconnect();
        }
    }
}
