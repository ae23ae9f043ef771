package dev.openaigateway.tls;

import java.net.Socket;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The keys of a server, which can be replaced while it runs: each handshake uses one version of them from its beginning to its
 * end. Vert.x can replace them too, but fails connections that arrive at that moment. Thread-safe.
 */
final class RenewableKeys extends X509ExtendedKeyManager {

    /** An alias begins with the number of its version and this character. */
    private static final char SEPARATOR = ':';

    private record Version(int number, X509ExtendedKeyManager keys) {
    }

    /** The active version first; the one before it serves handshakes that began with it. */
    private volatile List<Version> versions = List.of();

    /** Makes these the keys of handshakes that begin from now on. */
    synchronized void renew(X509ExtendedKeyManager keys) {
        int number = versions.isEmpty() ? 1 : versions.get(0).number() + 1;
        Version next = new Version(number, keys);
        versions = versions.isEmpty() ? List.of(next) : List.of(next, versions.get(0));
    }

    KeyManagerFactory factory() {
        KeyManagerFactorySpi spi = new KeyManagerFactorySpi() {
            @Override
            protected void engineInit(KeyStore store, char[] password) {
                // has its keys already
            }

            @Override
            protected void engineInit(ManagerFactoryParameters parameters) {
                // has its keys already
            }

            @Override
            protected KeyManager[] engineGetKeyManagers() {
                return new KeyManager[] {RenewableKeys.this};
            }
        };
        return new KeyManagerFactory(spi, new Provider("gateway", "1", "keys from files") { }, "renewable") { };
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        Version active = versions.get(0);
        String alias = active.keys().chooseEngineServerAlias(keyType, issuers, engine);
        return alias == null ? null : "" + active.number() + SEPARATOR + alias;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return of(alias).getCertificateChain(alias.substring(alias.indexOf(SEPARATOR) + 1));
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return of(alias).getPrivateKey(alias.substring(alias.indexOf(SEPARATOR) + 1));
    }

    private X509ExtendedKeyManager of(String alias) {
        List<Version> known = versions;
        return known.stream().filter(version -> alias.startsWith("" + version.number() + SEPARATOR)).findFirst().orElse(known.get(0)).keys();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }
}
