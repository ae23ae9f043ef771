package dev.openaigateway.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority that this process can be made to trust in place of all others. */
public final class TestAuthority {

    private static final String PASSWORD = "changeit";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    private static TestAuthority ofUpstreams;

    private final Path keys;

    /** @param folder for the key files */
    public TestAuthority(Path folder) {
        keys = folder.resolve("authority.p12");
        keytool("-genkeypair", "-alias", "authority", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:critical=ca:true",
                "-keystore", keys.toString());
    }

    /** One authority for all tests, since keytool takes time to create one. */
    public static synchronized TestAuthority ofUpstreams() throws IOException {
        if (ofUpstreams == null) {
            ofUpstreams = new TestAuthority(TemporaryFolder.make("authority"));
        }
        return ofUpstreams;
    }

    /** Makes every TLS context that this process creates from now on trust this authority. */
    public void trust() {
        System.setProperty(TRUST_STORE + "Password", PASSWORD);
        System.setProperty(TRUST_STORE, keys.toString());
    }

    public static void trustNoLonger() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Password");
    }

    /** A server socket with a valid certificate. */
    public SSLServerSocket serverSocket(String subjectName) {
        return serverSocket(subjectName, "-1d", 10);
    }

    /**
     * A server socket on a free loopback port, with a certificate signed by this authority.
     *
     * @param subjectName such as {@code ip:127.0.0.1}
     * @param start       the beginning of the certificate's validity, such as {@code -10d}
     * @param days        the length of its validity
     */
    public SSLServerSocket serverSocket(String subjectName, String start, int days) {
        try (InputStream in = Files.newInputStream(certificate(subjectName, start, days))) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(in, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(own, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A PKCS#12 file, with the password {@code changeit}, that has a certificate signed by this authority and its key. */
    public Path keystore(String subjectName) {
        try {
            return certificate(subjectName, "-1d", 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a new certificate signed by this authority, and its key, as PEM. The files are replaced one after the other. */
    public void writePem(String subjectName, Path certificate, Path key) {
        try {
            KeyStore own = load(keystore(subjectName));
            write(certificate, "CERTIFICATE", own.getCertificate("server").getEncoded());
            write(key, "PRIVATE KEY", own.getKey("server", PASSWORD.toCharArray()).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the certificate of this authority as PEM. */
    public Path writeCertificate(Path file) throws IOException, GeneralSecurityException {
        return write(file, "CERTIFICATE", load(keys).getCertificate("authority").getEncoded());
    }

    /**
     * A context for clients that trusts this authority.
     *
     * @param own keystore with the certificate that the client shows; null for none
     */
    public SSLContext context(Path own) throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(keys));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(own == null ? null : load(own), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private static Path write(Path file, String label, byte[] content) throws IOException {
        Path written = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label + "-----\n");
        return Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path certificate(String subjectName, String start, int days) throws IOException, GeneralSecurityException {
        Path own = Files.createTempDirectory(keys.getParent(), "server").resolve("server.p12");
        Files.copy(keys, own);
        keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=server", "-ext", "san=" + subjectName,
                "-startdate", start, "-validity", String.valueOf(days), "-signer", "authority", "-keystore", own.toString());
        KeyStore store = load(own);
        store.deleteEntry("authority");
        try (OutputStream out = Files.newOutputStream(own)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return own;
    }

    private static void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
