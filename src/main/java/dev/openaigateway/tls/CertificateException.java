package dev.openaigateway.tls;

/** A certificate, key or keystore that cannot be used. The message names the file and the reason. */
public final class CertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    CertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
