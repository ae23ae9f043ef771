package dev.openaigateway.call;

import dev.openaigateway.text.Excerpt;

/**
 * What records show of a call besides its client and its request. Immutable.
 *
 * @param operationPath the path of the operation, known before the request is read; null if the route names none
 * @param userAgent     the client's program, as its header says; null if it does not
 * @param session       the session or conversation that the request belongs to; null if it names none
 * @param traceId       the id of the distributed trace, 32 hexadecimal digits; null if the call is not traced
 */
public record CallLabels(String operationPath, String userAgent, String session, String traceId) {

    /** No labels. */
    public static final CallLabels NONE = new CallLabels(null, null, null, null);

    private static final int LONGEST = 256;

    /** Cuts long texts, and replaces control characters, since clients choose the user agent and the session. */
    public CallLabels {
        userAgent = printable(userAgent);
        session = printable(session);
    }

    public CallLabels inSession(String id) {
        return id == null ? this : new CallLabels(operationPath, userAgent, id, traceId);
    }

    public CallLabels tracedAs(String id) {
        return new CallLabels(operationPath, userAgent, session, id);
    }

    private static String printable(String text) {
        if (text == null || text.length() <= LONGEST && isPrintable(text)) {
            return text;
        }
        return Excerpt.of(text, LONGEST).replaceAll("\\p{Cntrl}", "?");
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
