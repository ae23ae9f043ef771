package dev.openaigateway.faults;

/** The same faults where tokens are limited: each event is read for counting, and what was reserved comes back. */
class LimitedStreamFaultTest extends StreamFaultTest {

    @Override
    String ofInstances() {
        return ", max_tpm: 100000000";
    }
}
