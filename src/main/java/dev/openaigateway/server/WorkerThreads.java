package dev.openaigateway.server;

import io.vertx.core.spi.ExecutorServiceFactory;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Creates the threads that serve requests. Each request holds one until its response is sent, so their number is not bounded
 * here. Uses virtual threads if the JDK has them (21 and later), otherwise a cached pool.
 */
final class WorkerThreads implements ExecutorServiceFactory {

    @Override
    public ExecutorService createExecutor(ThreadFactory threads, Integer concurrency, Integer maxConcurrency) {
        try {
            // By reflection, because the bytecode is for Java 17.
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            return Executors.newCachedThreadPool(threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The virtual threads of this JDK cannot be used", e);
        }
    }
}
