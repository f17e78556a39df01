package dev.bulkhead.app.http;

import io.fabric8.kubernetes.client.internal.CertUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's certificate and key as a Secret of the type {@code kubernetes.io/tls} mounts them: {@code tls.crt} and
 * {@code tls.key}. Read again when they change, since certificates are renewed while the server runs.
 */
public final class CertificateFolder extends X509ExtendedKeyManager {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateFolder.class);
    private static final char[] IN_MEMORY = "in-memory".toCharArray();

    private final Path certificate;
    private final Path key;
    private FileTime read;
    private X509ExtendedKeyManager keys;

    private CertificateFolder(Path folder) {
        this.certificate = folder.resolve("tls.crt");
        this.key = folder.resolve("tls.key");
    }

    /**
     * TLS 1.2 and later with what lies in the folder.
     *
     * @throws IOException if it cannot be read now; later on the one before is kept
     */
    public static SSLContext context(Path folder) throws IOException {
        CertificateFolder keys = new CertificateFolder(folder);
        try {
            keys.load();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, null, null);
            return context;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no " + e.getFile(), e);
        } catch (IOException | UncheckedIOException | GeneralSecurityException e) {
            throw new IOException(
                    folder + ": there is no certificate in tls.crt with its key in tls.key: " + e.getMessage(), e);
        }
    }

    private void load() throws IOException, GeneralSecurityException {
        FileTime modified = Files.getLastModifiedTime(certificate);
        KeyStore store = CertUtils.createKeyStore(
                null, certificate.toString(), null, key.toString(), algorithm(), new String(IN_MEMORY), null, null);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, IN_MEMORY);
        keys = Arrays.stream(factory.getKeyManagers())
                .filter(X509ExtendedKeyManager.class::isInstance)
                .map(X509ExtendedKeyManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no key"));
        read = modified;
    }

    /** Of the key: of some forms of keys the text does not say it, but the certificate does. */
    private String algorithm() throws IOException, CertificateException {
        try (InputStream pem = Files.newInputStream(certificate)) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getPublicKey()
                    .getAlgorithm();
        }
    }

    private synchronized X509ExtendedKeyManager current() {
        try {
            if (!Files.getLastModifiedTime(certificate).equals(read)) {
                load();
            }
        } catch (IOException | UncheckedIOException | GeneralSecurityException e) {
            LOG.atWarn().setCause(e).log("Certificate not renewed");
        }
        return keys;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
        return current().chooseEngineServerAlias(type, issuers, engine);
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return current().chooseServerAlias(type, issuers, socket);
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return current().getServerAliases(type, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return current().getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return current().getPrivateKey(alias);
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return null;
    }
}
