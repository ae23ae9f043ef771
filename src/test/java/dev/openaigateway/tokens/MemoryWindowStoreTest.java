package dev.openaigateway.tokens;

class MemoryWindowStoreTest extends WindowStoreContract {

    @Override
    WindowStore store() {
        return new MemoryWindowStore(clock);
    }
}
