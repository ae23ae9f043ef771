package dev.openaigateway.bench;

import java.time.Duration;

/**
 * What a process has used.
 *
 * @param allocated in bytes
 */
record Cost(Duration cpu, long allocated) {

    static final Cost NONE = new Cost(Duration.ZERO, 0);

    Cost minus(Cost before) {
        return new Cost(cpu.minus(before.cpu), allocated - before.allocated);
    }

    double cpuMicrosPer(double requests) {
        return cpu.toNanos() / 1_000.0 / requests;
    }

    double kilobytesPer(double requests) {
        return allocated / 1_024.0 / requests;
    }
}
