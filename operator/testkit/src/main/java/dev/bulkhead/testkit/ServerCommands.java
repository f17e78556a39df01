package dev.bulkhead.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command lines of a control plane's servers.
 *
 * @param folder where their data go
 * @param etcdPort where the API server finds etcd
 * @param port where the API server listens
 */
record ServerCommands(ServerBinaries binaries, Path folder, int etcdPort, int port) {

    // Endpoints on the loopback interface are refused, and nobody has to reach this one.
    private static final String ADVERTISED_ADDRESS = "192.0.2.1";

    List<String> etcd(int peerPort) {
        String client = "http://127.0.0.1:" + etcdPort;
        String peer = "http://127.0.0.1:" + peerPort;
        return command(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                // Nothing here has to survive a power cut.
                "--unsafe-no-fsync",
                "--log-level=error");
    }

    List<String> apiServer(ServiceAccountKeys keys, Path tokens, boolean controllers) {
        List<String> command = command(
                "kube-apiserver",
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--bind-address=127.0.0.1",
                "--advertise-address=" + ADVERTISED_ADDRESS,
                "--secure-port=" + port,
                "--cert-dir=" + certificates(),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + keys.publicKey(),
                "--service-account-signing-key-file=" + keys.privateKey(),
                "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC",
                "--service-cluster-ip-range=10.96.0.0/16");
        if (!controllers) {
            // It would wait for service accounts that no controller makes.
            command.add("--disable-admission-plugins=ServiceAccount");
        }
        return command;
    }

    List<String> controllerManager(ServiceAccountKeys keys, Path kubeconfig) {
        return command(
                "kube-controller-manager",
                "--kubeconfig=" + kubeconfig,
                "--secure-port=0",
                "--leader-elect=false",
                "--use-service-account-credentials=true",
                "--service-account-private-key-file=" + keys.privateKey(),
                "--root-ca-file=" + authority(),
                "--kube-api-qps=500",
                "--kube-api-burst=1000",
                // An API server that is stopped for a test keeps the nodes from saying that they are well.
                "--node-monitor-grace-period=10m",
                // Without the node lifecycle controller new nodes would stay tainted, and nothing would be scheduled.
                "--controllers=*,-cloud-node-lifecycle-controller,-service-lb-controller,"
                        + "-persistentvolume-binder-controller,-persistentvolume-attach-detach-controller");
    }

    List<String> scheduler(Path kubeconfig) {
        return command(
                "kube-scheduler",
                "--kubeconfig=" + kubeconfig,
                "--secure-port=0",
                "--leader-elect=false",
                "--kube-api-qps=500",
                "--kube-api-burst=1000");
    }

    List<String> kwok(Path kubeconfig, String addresses) {
        return command("kwok", "--kubeconfig=" + kubeconfig, "--manage-all-nodes=true", "--cidr=" + addresses);
    }

    /** The API server's certificate, which it makes itself, is its own authority. */
    Path authority() {
        return certificates().resolve("apiserver.crt");
    }

    Path privateKey() {
        return certificates().resolve("apiserver.key");
    }

    private Path certificates() {
        return folder.resolve("certificates");
    }

    private List<String> command(String server, String... arguments) {
        List<String> command = new ArrayList<>(binaries.command(server));
        command.addAll(List.of(arguments));
        return command;
    }
}
