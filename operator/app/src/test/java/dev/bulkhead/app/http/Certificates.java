package dev.bulkhead.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates for 127.0.0.1, in the forms in which certificate managers write them. */
public final class Certificates {

    /** How a private key is written. */
    public enum Form {
        RSA_PKCS8("RSA", "PRIVATE KEY"),
        RSA_PKCS1("RSA", "RSA PRIVATE KEY"),
        EC_PKCS8("EC", "PRIVATE KEY"),
        EC_SEC1("EC", "EC PRIVATE KEY");

        private final String algorithm;
        private final String title;

        Form(String algorithm, String title) {
            this.algorithm = algorithm;
            this.title = title;
        }
    }

    private static final String PASSWORD = "in-a-test";
    // Before the RSA key itself in PKCS#8: lengths of two bytes, version, algorithm.
    private static final int PKCS8_HEADER = 26;
    private static final byte[] P256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07};

    private Certificates() {}

    /** Makes a new one and puts it into the folder as {@code tls.crt} and {@code tls.key}. */
    public static X509Certificate renew(Path folder, Form form)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path store = Files.createTempDirectory("bulkhead-certificate-").resolve("store");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "one",
                        "-keyalg",
                        form.algorithm,
                        form.algorithm.equals("EC") ? "-groupname" : "-keysize",
                        form.algorithm.equals("EC") ? "secp256r1" : "2048",
                        "-dname",
                        "CN=bulkhead",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, keytool.waitFor());
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Files.delete(store);
        Files.delete(store.getParent());
        X509Certificate certificate = (X509Certificate) keys.getCertificate("one");
        PrivateKey key = (PrivateKey) keys.getKey("one", PASSWORD.toCharArray());
        Files.writeString(folder.resolve("tls.key"), pem(form.title, encoded(form, key, certificate)));
        Path file = folder.resolve("tls.crt");
        Instant before = Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : Instant.now();
        Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
        // Some file systems count in seconds.
        Files.setLastModifiedTime(file, FileTime.from(before.plusSeconds(2)));
        return certificate;
    }

    private static byte[] encoded(Form form, PrivateKey key, X509Certificate certificate) {
        return switch (form) {
            case RSA_PKCS8, EC_PKCS8 -> key.getEncoded();
            case RSA_PKCS1 -> Arrays.copyOfRange(key.getEncoded(), PKCS8_HEADER, key.getEncoded().length);
            case EC_SEC1 -> sec1((ECPrivateKey) key, (ECPublicKey) certificate.getPublicKey());
        };
    }

    private static byte[] sec1(ECPrivateKey key, ECPublicKey publicKey) {
        byte[] point = joined(
                new byte[] {0, 4},
                of32(publicKey.getW().getAffineX().toByteArray()),
                of32(publicKey.getW().getAffineY().toByteArray()));
        return der(
                0x30,
                joined(
                        der(0x02, new byte[] {1}),
                        der(0x04, of32(key.getS().toByteArray())),
                        der(0xa0, P256),
                        der(0xa1, der(0x03, point))));
    }

    private static byte[] of32(byte[] number) {
        byte[] digits = number.length > 32 ? Arrays.copyOfRange(number, number.length - 32, number.length) : number;
        return ByteBuffer.allocate(32).put(32 - digits.length, digits).array();
    }

    private static byte[] der(int tag, byte[] content) {
        return joined(new byte[] {(byte) tag, (byte) content.length}, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static String pem(String title, byte[] content) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + title + "-----\n" + text + "\n-----END " + title + "-----\n";
    }

    /** Of whoever trusts these certificates and no others. */
    public static SSLContext trust(X509Certificate... certificates) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (X509Certificate certificate : certificates) {
            store.setCertificateEntry(certificate.getSerialNumber().toString(), certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
