package dev.openaigateway.bench;

import java.time.Duration;

/**
 * A server on loopback that receives load; one column of the table.
 *
 * @param process null if its CPU time and allocation are not measured
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

    /** What the process has used so far; nothing if it is unknown. */
    Cost cost() {
        return process == null ? Cost.NONE : new Cost(cpu(), Allocation.bytes(process));
    }

    /** The CPU time of the process so far; zero if it is unknown. */
    Duration cpu() {
        return process == null ? Duration.ZERO : process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
