package dev.openaigateway.server;

import io.vertx.core.spi.ExecutorServiceFactory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * The threads that serve requests. Each request holds one until its answer was sent, so there is no upper bound here:
 * virtual threads where the JDK has them (21 and later), else a pool that grows.
 */
final class WorkerThreads implements ExecutorServiceFactory {

    private static final Duration IDLE = Duration.ofSeconds(60);

    @Override
    public ExecutorService createExecutor(ThreadFactory threads, Integer concurrency, Integer maxConcurrency) {
        ExecutorService virtual = virtual();
        return virtual != null ? virtual : new GrowingPool(threads, IDLE);
    }

    /** Found by name, since the bytecode is for Java 17. Null on a JDK without them. */
    private static ExecutorService virtual() {
        try {
            MethodHandle factory = MethodHandles.publicLookup().findStatic(
                    Executors.class, "newVirtualThreadPerTaskExecutor", MethodType.methodType(ExecutorService.class));
            return (ExecutorService) factory.invokeExact();
        } catch (NoSuchMethodException e) {
            return null;
        } catch (Throwable e) {
            throw new IllegalStateException("the JDK's virtual threads cannot be used", e);
        }
    }
}
