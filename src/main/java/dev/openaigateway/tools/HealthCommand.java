package dev.openaigateway.tools;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks the gateway of this machine whether it is ready, over HTTP or TLS, whichever it speaks. Container engines run it every few
 * seconds, so it uses no other class of the gateway and no library.
 */
public final class HealthCommand {

    private static final int TIMEOUT_MILLIS = 2000;
    private static final String ASKS_FOR_CERTIFICATE = "the listener asks for a client's certificate";
    private static final byte[] REQUEST = "GET /health/ready HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final String host;
    private final int port;

    private HealthCommand(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** Prints one line. Exits with status 1 if the gateway is not ready. */
    public static void main(String... args) {
        System.exit(run(System.getenv(), new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)));
    }

    /**
     * @param variables the environment variables, of which HOST and PORT count
     * @return the exit status: 0 if the gateway is ready, 1 if it is not
     */
    public static int run(Map<String, String> variables, PrintStream out) {
        String host = variables.getOrDefault("HOST", "");
        boolean any = host.isBlank() || host.equals("0.0.0.0") || host.equals("::");
        String port = variables.getOrDefault("PORT", "");
        String address = (any ? "127.0.0.1" : host) + ":" + (port.isBlank() ? "3010" : port);
        try {
            int separator = address.lastIndexOf(':');
            return new HealthCommand(address.substring(0, separator), Integer.parseInt(address.substring(separator + 1))).check(out);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            out.println("Not ready: " + address + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            return 1;
        }
    }

    private int check(PrintStream out) throws IOException, GeneralSecurityException {
        String status = overHttp();
        if (!isHttp(status)) {
            status = overTls();
        }
        boolean ready = status != null && (status.contains(" 200 ") || status.equals(ASKS_FOR_CERTIFICATE));
        out.println((ready ? "Ready: " : "Not ready: ") + (status == null ? "no response" : status));
        return ready ? 0 : 1;
    }

    private static boolean isHttp(String status) {
        return status != null && status.startsWith("HTTP/");
    }

    private String overHttp() throws IOException {
        try (Socket socket = connected()) {
            return ask(socket);
        }
    }

    /** If the listener requires client certificates, that it asks for one is all that can be checked. */
    private String overTls() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        NoCertificate own = new NoCertificate();
        context.init(new KeyManager[] {own}, new TrustManager[] {new TrustsThisMachine()}, null);
        try (Socket socket = connected();
             SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true)) {
            return ask(secured);
        } catch (SSLException | SocketException e) {
            // The refusal comes as an alert, or is lost when the listener closes the connection at once.
            if (own.wasAskedFor) {
                return ASKS_FOR_CERTIFICATE;
            }
            throw e;
        }
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
        return socket;
    }

    /** The status line; null if there is none. */
    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST);
        socket.getOutputStream().flush();
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }

    /** Notes whether the listener has asked for a certificate. */
    private static final class NoCertificate extends X509ExtendedKeyManager {

        private boolean wasAskedFor;

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            wasAskedFor = true;
            return null;
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[0];
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return null;
        }
    }

    /** No secret is sent, and the certificate names the gateway's public host, so there is nothing to compare. */
    private static final class TrustsThisMachine extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // This program accepts no connections.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Every certificate of the server is accepted.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // This program accepts no connections.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Every certificate of the server is accepted.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // This program accepts no connections.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Every certificate of the server is accepted.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
