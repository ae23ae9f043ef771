package dev.openaigateway.bench;

import java.io.IOException;
import java.nio.file.Path;

/** The files of a gateway: settings, and rules of its own if it has any. */
interface GatewayFiles {

    /** The name of the settings file. */
    String FILE = "bench.yaml";

    /** Writes the settings and the rules into the gateway's folder. */
    void write(Path folder) throws IOException;
}
