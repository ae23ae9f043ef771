package dev.openaigateway.bench;

import java.util.Map;

/** The files in the working directory of a gateway. */
interface GatewayFiles {

    /** The name of the settings file, which every gateway has. */
    String SETTINGS = "bench.yaml";

    /** The text of each file, by its path. */
    Map<String, String> files();
}
