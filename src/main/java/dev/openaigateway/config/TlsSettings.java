package dev.openaigateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the gateway speaks TLS with its clients. Either a certificate with its key, or a keystore is given.
 *
 * @param certificate PEM file with the certificate, and after it those of the authorities between it and the root
 * @param key         PEM file with the private key, which is not encrypted
 * @param keystore    PKCS#12 or JKS file
 * @param password    of the keystore and its key
 * @param clientAuth  whether clients show a certificate
 * @param clientCa    PEM file with the authorities that sign certificates of clients
 */
public record TlsSettings(Optional<Path> certificate, Optional<Path> key, Optional<Path> keystore, Secret password,
                          ClientAuth clientAuth, Optional<Path> clientCa) {

    /** Whether clients show a certificate: never, if they have one, or always. */
    public enum ClientAuth { NONE, WANT, REQUIRE }

    /** All files, which may be renewed while the gateway runs. */
    public List<Path> files() {
        return Stream.of(certificate, key, keystore, clientCa).flatMap(Optional::stream).toList();
    }
}
