package dev.openaigateway.ratelimit;

class MemoryWindowStoreTest extends WindowStoreContract {

    @Override
    WindowStore store() {
        return new MemoryWindowStore(clock);
    }
}
