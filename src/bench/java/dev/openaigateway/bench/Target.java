package dev.openaigateway.bench;

import java.time.Duration;

/**
 * One column of the table: where the load is sent, on loopback.
 *
 * @param process null where its CPU time does not matter
 */
record Target(String name, int port, ProcessHandle process) {

    static final String DIRECT = "direct";
    static final String PROXY = "Vert.x proxy";
    static final String NGINX = "nginx";
    static final String EARLIER = "earlier";
    static final String GATEWAY = "gateway";

    Target(String name, int port) {
        this(name, port, null);
    }

    /** The CPU time of its process so far, zero if that is not known. */
    Duration cpu() {
        return process == null ? Duration.ZERO : process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
