package dev.openaigateway.images;

import dev.openaigateway.guard.PeriodicTask;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** Drops expired images, so that requests get their memory also while no images are made or fetched. Looks every ten seconds. */
final class ImageExpiry extends ServiceSupport {

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final CamelContext context;
    private final ImageStore store;
    private ScheduledExecutorService thread;

    ImageExpiry(CamelContext context, ImageStore store) {
        this.context = context;
        this.store = store;
    }

    @Override
    protected void doStart() {
        thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "image-expiry");
        PeriodicTask.start(thread, "the expiry of images", PERIOD, PERIOD, store::dropExpired);
    }

    @Override
    protected void doStop() {
        context.getExecutorServiceManager().shutdownNow(thread);
    }
}
