package dev.openaigateway.bench;

/** A process of the benchmark; it also ends when the benchmark is interrupted. */
interface Part extends AutoCloseable {

    @Override
    void close();

    static Process endWithUs(Process process) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }
}
