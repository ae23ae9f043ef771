package dev.openaigateway.tls;

/** A certificate, key or keystore that cannot be used. The message names the file and the reason. */
public final class CertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Without a cause: the start reports the message of the deepest one, which does not name the file. */
    CertificateException(String message) {
        super(message);
    }
}
