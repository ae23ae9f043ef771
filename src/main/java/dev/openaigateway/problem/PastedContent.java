package dev.openaigateway.problem;

/** The content of a file, given where the name of one belongs. It may be a private key or a token, so no message and no log shows it. */
public final class PastedContent {

    /** How PEM begins, also in Base64 as in a Secret of Kubernetes. */
    private static final String PEM = "-----BEGIN";
    private static final String PEM_IN_BASE64 = "LS0tLS1CRUdJTi";
    /** How the Base64 of a certificate or key and that of a JSON web token begin. */
    private static final String KEY = "MI";
    private static final String TOKEN = "eyJ";
    private static final int SHORTEST = 60;

    private static final String HIDDEN = "****";

    private PastedContent() {
    }

    /** Whether the value looks like a key, a certificate or a token, or has several lines. */
    public static boolean is(String value) {
        return value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.contains(PEM) || value.startsWith(PEM_IN_BASE64)
                || value.length() >= SHORTEST && (value.startsWith(KEY) || value.startsWith(TOKEN));
    }

    /** The value as a message shows it. */
    public static String hidden(String value) {
        return is(value) ? HIDDEN : value;
    }
}
