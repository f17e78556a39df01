package dev.bulkhead.app.remote;

import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.connection.ConnectionOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** By what a command asks an operator. */
public final class ServerOptions {

    private static final String TOKEN = "BULKHEAD_TOKEN";
    private static final Pattern TOKEN_TEXT = Pattern.compile("[!-~]*");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Where the bearer token for --server is. Without it the one in the environment variable "
                    + TOKEN + " is shown, or else that of the kubeconfig.")
    private Path tokenFile;

    @Option(
            names = "--server-certificate-authority",
            paramLabel = "FILE",
            description = "Whose certificates to trust at --server instead of the usual ones, as PEM.")
    private Path authority;

    /** @throws FailedException where there is no token to show, or it would be shown to anybody on the way */
    public Server server(String address, ConnectionOptions connection) {
        URI uri = parsed(address);
        return new Server(uri, token(connection), Optional.ofNullable(authority), AnswerLimits.USUAL);
    }

    private static URI parsed(String address) {
        URI uri;
        try {
            uri = new URI(address.endsWith("/") ? address : address + "/");
        } catch (URISyntaxException e) {
            throw new FailedException("--server " + address + ": " + e.getReason());
        }
        boolean known = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!known || uri.getHost() == null) {
            throw new FailedException("--server " + address + ": write http://127.0.0.1:PORT or https://HOST:PORT");
        }
        if (uri.getScheme().equals("http") && !isThisMachine(uri.getHost())) {
            throw new FailedException("--server " + address + ": a token is shown to this machine alone without TLS;"
                    + " write https, or forward a port");
        }
        return uri;
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    /** A message about one that no header can carry would show it. */
    private String token(ConnectionOptions connection) {
        String token = given(connection);
        if (!TOKEN_TEXT.matcher(token).matches()) {
            throw new FailedException("the token for --server has characters that no token has; look at where it is"
                    + " from: " + (tokenFile == null ? "the environment or the kubeconfig" : tokenFile));
        }
        return token;
    }

    private String given(ConnectionOptions connection) {
        if (tokenFile != null) {
            try {
                return Files.readString(tokenFile).strip();
            } catch (IOException e) {
                throw new FailedException("--token-file " + tokenFile + " cannot be read");
            }
        }
        return Optional.ofNullable(System.getenv(TOKEN))
                .or(() -> Optional.ofNullable(connection.connection().getAutoOAuthToken()))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .orElseThrow(() -> new FailedException("there is no token to show to --server: the kubeconfig has none;"
                        + " give one by --token-file or " + TOKEN + ", such as 'kubectl create token' makes"));
    }
}
