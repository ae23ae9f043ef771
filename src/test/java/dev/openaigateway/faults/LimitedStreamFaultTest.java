package dev.openaigateway.faults;

/** The same faults with a token limit: every event is read to count tokens, and every reservation is closed. */
class LimitedStreamFaultTest extends StreamFaultTest {

    @Override
    String ofInstances() {
        return ", max_tpm: 100000000";
    }
}
