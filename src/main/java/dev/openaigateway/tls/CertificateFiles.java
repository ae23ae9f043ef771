package dev.openaigateway.tls;

import dev.openaigateway.config.TlsSettings;
import dev.openaigateway.config.load.RegularFile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.impl.KeyStoreHelper;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.SSLContextServerParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The content of the files that {@code tls} names, as Camel's parameters for TLS.
 *
 * @param parameters for a server
 * @param certificate the gateway's own
 */
record CertificateFiles(SSLContextParameters parameters, X509Certificate certificate) {

    private static final byte[] SAMPLE = {1, 2, 3};

    /** @throws CertificateException in one sentence that names the file */
    static CertificateFiles read(TlsSettings tls) throws CertificateException {
        String password = tls.keystore().isPresent() ? tls.password().value() : KeyStoreHelper.DUMMY_PASSWORD;
        String setting = tls.keystore().isPresent() ? "tls.keystore" : "tls.certificate";
        Path own = tls.keystore().or(tls::certificate).orElseThrow();
        KeyStore keys = tls.keystore().isPresent() ? load(setting, own, () -> KeyStore.getInstance(own.toFile(), password.toCharArray()))
                : pem(own, tls.key().orElseThrow());
        X509Certificate certificate = load(setting, own, () -> matching(keys, password.toCharArray()));
        KeyManagersParameters keyManagers = new KeyManagersParameters();
        keyManagers.setKeyStore(parameters(keys));
        keyManagers.setKeyPassword(password);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(keyManagers);
        if (tls.clientCa().isPresent()) {
            TrustManagersParameters trust = new TrustManagersParameters();
            trust.setKeyStore(parameters(load("tls.client_ca", tls.clientCa().get(), () -> authorities(tls.clientCa().get()))));
            parameters.setTrustManagers(trust);
        }
        SSLContextServerParameters server = new SSLContextServerParameters();
        server.setClientAuthentication(tls.clientAuth().name());
        parameters.setServerParameters(server);
        return new CertificateFiles(parameters, certificate);
    }

    /** The key manager that Camel makes of the parameters. */
    X509ExtendedKeyManager keys() throws CertificateException {
        try {
            return (X509ExtendedKeyManager) parameters.getKeyManagers().createKeyManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException("tls", "with the certificate", e.getMessage());
        }
    }

    /** The trust manager that Camel makes of the parameters, if the settings name authorities of clients. */
    X509ExtendedTrustManager authorities() throws CertificateException {
        try {
            return (X509ExtendedTrustManager) parameters.getTrustManagers().createTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException("tls.client_ca", "with the authorities of clients", e.getMessage());
        }
    }

    /** The certificate is read once alone: what fails with both files does not tell which of them is wrong. */
    private static KeyStore pem(Path certificate, Path key) throws CertificateException {
        Buffer chain = load("tls.certificate", certificate, () -> {
            Buffer read = Buffer.buffer(Files.readAllBytes(certificate));
            KeyStoreHelper.loadCA(Stream.of(read));
            return read;
        });
        return load("tls.key", key, () -> new PemKeyCertOptions().addCertValue(chain).addKeyValue(Buffer.buffer(Files.readAllBytes(key))).loadKeyStore(null));
    }

    private static KeyStore authorities(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
        }
        if (store.size() == 0) {
            throw new IOException("there is no certificate");
        }
        return store;
    }

    private static KeyStoreParameters parameters(KeyStore store) {
        KeyStoreParameters parameters = new KeyStoreParameters();
        parameters.setKeyStore(store);
        return parameters;
    }

    /** The certificate of the first key, whose two halves are files of their own that may be replaced one after the other. */
    private static X509Certificate matching(KeyStore keys, char[] password) throws GeneralSecurityException, IOException {
        List<String> aliases = Collections.list(keys.aliases());
        for (String alias : aliases) {
            if (keys.isKeyEntry(alias) && keys.getKey(alias, password) instanceof PrivateKey key
                    && keys.getCertificate(alias) instanceof X509Certificate certificate) {
                Signature signature = Signature.getInstance(algorithm(key));
                signature.initSign(key);
                signature.update(SAMPLE);
                byte[] signed = signature.sign();
                signature.initVerify(certificate.getPublicKey());
                signature.update(SAMPLE);
                if (signature.verify(signed)) {
                    return certificate;
                }
                throw new IOException("the certificate does not belong to the private key");
            }
        }
        throw new IOException("there is no private key with a certificate");
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm().toUpperCase(Locale.ROOT)) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }

    private interface Loading<T> {

        T load() throws Exception;
    }

    /** The libraries throw exceptions of any type for files that they cannot read. */
    private static <T> T load(String setting, Path file, Loading<T> loading) throws CertificateException {
        try {
            RegularFile.requireRegular(file);
            return loading.load();
        } catch (Exception e) {
            throw new CertificateException(setting, file.toString(), e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
