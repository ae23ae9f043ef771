package dev.openaigateway.tls;

import dev.openaigateway.config.Settings;
import dev.openaigateway.config.TlsSettings;
import dev.openaigateway.config.load.FileState;
import dev.openaigateway.log.root.GatewayLog;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import org.apache.camel.CamelContext;
import org.apache.camel.component.vertx.common.VertxHelper;
import org.slf4j.Logger;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * TLS of the server. Looks once a second for renewed files, and uses them for new connections once they have not changed for
 * a second; connections that are open stay so. Files that cannot be used are reported, and the previous ones stay. Does nothing
 * while the settings have no {@code tls}.
 */
public final class ListenerTls {

    private static final Logger LOG = GatewayLog.LOG;
    private static final long PERIOD_MILLIS = Duration.ofSeconds(1).toMillis();

    private final CamelContext context;
    private final TlsSettings tls;
    private final RenewableKeys keys = new RenewableKeys();
    private final RenewableTrust trust = new RenewableTrust();
    private volatile X509Certificate certificate;
    private String loaded;
    private String seen;

    /** @param settings of the start; later changes of {@code tls} need a restart */
    public ListenerTls(CamelContext context, Settings settings) {
        this.context = context;
        this.tls = settings.tls().orElse(null);
    }

    /**
     * Sets up the options of a server.
     *
     * @throws CertificateException if the files cannot be used
     */
    public void configure(HttpServerOptions options) throws CertificateException {
        if (tls != null) {
            loaded = state(tls.files());
            seen = loaded;
            CertificateFiles files = CertificateFiles.read(tls);
            apply(files, options);
            use(files);
            options.setKeyCertOptions(KeyCertOptions.wrap(keys.factory()));
            if (tls.clientCa().isPresent()) {
                options.setTrustOptions(TrustOptions.wrap(trust));
            }
        }
    }

    /** Watches the files while the server runs. */
    public void follow(Vertx vertx) {
        if (tls != null) {
            vertx.setPeriodic(PERIOD_MILLIS, due -> vertx.executeBlocking(() -> {
                look();
                return null;
            }));
        }
    }

    /** The end of the certificate that new connections get; empty without TLS. */
    public Optional<Instant> validUntil() {
        return Optional.ofNullable(certificate).map(active -> active.getNotAfter().toInstant());
    }

    private synchronized void look() {
        String now = state(tls.files());
        boolean quiet = now.equals(seen);
        seen = now;
        if (quiet && !now.equals(loaded)) {
            loaded = now;
            renew();
        }
    }

    private void renew() {
        try {
            use(CertificateFiles.read(tls));
        } catch (CertificateException e) {
            LOG.error("The renewed TLS files are not used, and the previous ones stay. {}", e.getMessage());
        }
    }

    private void use(CertificateFiles files) throws CertificateException {
        X509ExtendedKeyManager own = files.keys();
        if (tls.clientCa().isPresent()) {
            trust.renew(files.authorities());
        }
        keys.renew(own);
        certificate = files.certificate();
        LOG.info("TLS with the certificate of {}, valid until {}", certificate.getSubjectX500Principal().getName(), certificate.getNotAfter().toInstant());
    }

    private void apply(CertificateFiles files, HttpServerOptions options) throws CertificateException {
        try {
            VertxHelper.setupSSLOptions(context, files.parameters(), options);
        } catch (Exception e) {
            throw new CertificateException("tls", "with the certificate", e.getMessage());
        }
        options.setClientAuth(switch (tls.clientAuth()) {
            case NONE -> io.vertx.core.http.ClientAuth.NONE;
            case WANT -> io.vertx.core.http.ClientAuth.REQUEST;
            case REQUIRE -> io.vertx.core.http.ClientAuth.REQUIRED;
        });
    }

    private static String state(List<Path> files) {
        List<String> states = new ArrayList<>();
        for (Path file : files) {
            states.add(FileState.of(file));
        }
        return states.toString();
    }
}
