package dev.openaigateway.config.load;

import dev.openaigateway.config.TlsSettings;
import dev.openaigateway.config.TlsSettings.ClientAuth;

import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code tls}. */
final class TlsBinder {

    private TlsBinder() {
    }

    /** Empty if the section has no key. */
    static Optional<TlsSettings> bind(Section root) {
        if (!root.isGiven("tls")) {
            return Optional.empty();
        }
        Section section = root.section("tls");
        if (section.keys().isEmpty()) {
            return Optional.empty();
        }
        boolean pem = section.has("certificate") || section.has("key");
        Optional<Path> certificate = section.optional("certificate", ValueParsers::readableFile);
        Optional<Path> key = section.optional("key", ValueParsers::readableFile);
        Optional<Path> keystore = section.optional("keystore", ValueParsers::readableFile);
        if (pem == section.has("keystore")) {
            section.problem("certificate", null, "must be set, together with key, or else keystore must be set");
        } else if (pem && section.has("certificate") != section.has("key")) {
            section.problem(section.has("key") ? "certificate" : "key", null, "must have a value: certificate and key belong together");
        }
        TlsSettings tls = new TlsSettings(certificate, key, keystore,
                section.secret("password", ValueParsers::text),
                section.value("client_auth", ClientAuth.NONE, ValueParsers.oneOf(ClientAuth.class)),
                section.optional("client_ca", ValueParsers::readableFile));
        if (tls.clientAuth() != ClientAuth.NONE && !section.has("client_ca")) {
            section.problem("client_ca", null, "must name the authorities that sign certificates of clients, since client_auth is set");
        }
        section.refuseUnknownKeys();
        return Optional.of(tls);
    }
}
