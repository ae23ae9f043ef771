package dev.openaigateway.config.load;

/** The content of a file, given where the name of one belongs. It may be a private key or a token, so no message and no log shows it. */
final class PastedContent {

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

    static boolean is(String value) {
        return value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.contains(PEM) || value.startsWith(PEM_IN_BASE64)
                || value.length() >= SHORTEST && (value.startsWith(KEY) || value.startsWith(TOKEN));
    }

    /** The value as a message shows it. */
    static String hidden(String value) {
        return is(value) ? HIDDEN : value;
    }

    /** Returns the name of a file, which need not exist. */
    static String refused(String value) throws InvalidValueException {
        if (is(value)) {
            throw new InvalidValueException("is the content of a file, not its name; write it to a file and give the name of that file");
        }
        return value;
    }
}
