package dev.openaigateway.traces;

import java.util.logging.Level;
import java.util.logging.Logger;

/** The SDK's own log, which goes to the log of the JDK. It would write a stack trace for each failed export; {@link ReportingExporter} reports instead. */
final class SdkLog {

    /** Kept, because the JDK forgets the level of a logger that is not referenced. */
    private static final Logger SDK = Logger.getLogger("io.opentelemetry");

    private SdkLog() {
    }

    static void silence() {
        SDK.setLevel(Level.OFF);
    }
}
