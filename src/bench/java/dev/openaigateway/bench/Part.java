package dev.openaigateway.bench;

/** A process of the benchmark. It is also stopped when the benchmark is interrupted. */
interface Part extends AutoCloseable {

    @Override
    void close();

    /** Destroys the process when this JVM exits. */
    static Process endWithUs(Process process) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }
}
