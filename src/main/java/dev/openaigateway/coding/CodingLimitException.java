package dev.openaigateway.coding;

import java.io.IOException;

/** Thrown when a decoder would give, or work, out of proportion to what it reads. */
public final class CodingLimitException extends IOException {

    CodingLimitException(String message) {
        super(message);
    }

    /** Whether it is the exception or one of its causes: decoders wrap what their source throws. */
    public static boolean caused(Throwable thrown) {
        Throwable each = thrown;
        while (each != null && !(each instanceof CodingLimitException)) {
            each = each.getCause();
        }
        return each != null;
    }
}
