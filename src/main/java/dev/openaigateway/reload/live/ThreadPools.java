package dev.openaigateway.reload.live;

import dev.openaigateway.guard.ForeignStep;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolFactory;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.LifecycleStrategySupport;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * The thread pools that steps of one route get while it is built. A route that cannot be built has no service that would end them, and Camel would keep
 * them until it stops. Pools of components are not among them. Other threads may create pools meanwhile.
 */
final class ThreadPools extends LifecycleStrategySupport implements ThreadPoolFactory {

    private final Thread builder = Thread.currentThread();
    private final ThreadPoolFactory factory;
    private final List<ExecutorService> ofSteps = new ArrayList<>();
    private ExecutorService latest;

    private ThreadPools(ThreadPoolFactory factory) {
        this.factory = factory;
    }

    /** Returns what the step builds. If it fails, the pools are shut down. One thread at a time may build routes of a context. */
    static <T> T during(CamelContext context, ForeignStep<T, Exception> step) throws Exception {
        ExecutorServiceManager manager = context.getExecutorServiceManager();
        ThreadPools pools = new ThreadPools(manager.getThreadPoolFactory());
        manager.setThreadPoolFactory(pools);
        context.addLifecycleStrategy(pools);
        boolean built = false;
        try {
            T result = step.run();
            built = true;
            return result;
        } finally {
            manager.setThreadPoolFactory(pools.factory);
            context.getLifecycleStrategies().remove(pools);
            if (!built) {
                pools.ofSteps.forEach(manager::shutdownNow);
            }
        }
    }

    @Override
    public void onThreadPoolAdd(CamelContext context, ThreadPoolExecutor pool, String id, String sourceId, String routeId, String profile) {
        if (Thread.currentThread() == builder && routeId != null && latest != null) {
            ofSteps.add(latest);
        }
    }

    @Override
    public ExecutorService newCachedThreadPool(ThreadFactory threads) {
        return recorded(factory.newCachedThreadPool(threads));
    }

    @Override
    public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
        return recorded(factory.newThreadPool(profile, threads));
    }

    @Override
    public ScheduledExecutorService newScheduledThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
        return recorded(factory.newScheduledThreadPool(profile, threads));
    }

    private <T extends ExecutorService> T recorded(T pool) {
        if (Thread.currentThread() == builder) {
            latest = pool;
        }
        return pool;
    }
}
