package dev.openaigateway.tls;

/** A certificate, key or keystore that cannot be used. The message names the file and the reason. */
public final class CertificateException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String setting;
    private final String subject;
    private final String reason;

    /**
     * Without a cause: the start reports the message of the deepest one, which does not name the file.
     *
     * @param setting the path of the setting that names the file, such as {@code tls.key}
     * @param subject the file, or what else cannot be used
     */
    CertificateException(String setting, String subject, String reason) {
        super("The TLS file " + subject + " cannot be used: " + reason);
        this.setting = setting;
        this.subject = subject;
        this.reason = reason;
    }

    String setting() {
        return setting;
    }

    String subject() {
        return subject;
    }

    String reason() {
        return reason;
    }
}
