package dev.openaigateway.faults;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An upstream that speaks TLS with a certificate of its own, and answers every request with the same JSON. */
final class TlsUpstream implements AutoCloseable {

    static final String PASSWORD = "changeit";

    private static final String ANSWER = "{\"object\":\"chat.completion\",\"choices\":[]}";

    private final SSLServerSocket server;

    private TlsUpstream(SSLServerSocket server) {
        this.server = server;
        Thread thread = new Thread(this::serve, "tls-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    static TlsUpstream start(Path keyStore) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new TlsUpstream((SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** Makes an authority; its key store is a trust store as well. */
    static Path authority(Path folder) throws IOException, InterruptedException {
        Path keys = folder.resolve("authority.p12");
        keytool("-genkeypair", "-alias", "authority", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:critical=ca:true",
                "-keystore", keys.toString());
        return keys;
    }

    /** Makes a key pair whose certificate, by that authority, is for that name and that time. */
    static Path certificate(Path authority, String alias, String subjectName, String start, int days) throws IOException, InterruptedException {
        Path keys = authority.resolveSibling(alias + ".p12");
        Files.copy(authority, keys);
        keytool("-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias, "-ext", "san=" + subjectName,
                "-startdate", start, "-validity", String.valueOf(days), "-signer", "authority", "-keystore", keys.toString());
        keytool("-delete", "-alias", "authority", "-keystore", keys.toString());
        return keys;
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
    }

    String uri() {
        return "https://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                byte[] head = new byte[8192];
                if (socket.getInputStream().read(head) > 0) {
                    socket.getOutputStream().write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                            + ANSWER.length() + "\r\n\r\n" + ANSWER).getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // The gateway refused the certificate, or the test is over: the loop's condition decides.
                continue;
            }
        }
    }
}
