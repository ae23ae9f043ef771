package dev.openaigateway.upstream;

import dev.openaigateway.config.IdentitySettings;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.guard.PeriodicTask;
import dev.openaigateway.identity.AccessTokens;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/** Keeps the tokens of the instances fresh. An instance without one is unavailable until it has one. */
public final class InstanceTokens extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(InstanceTokens.class);
    private static final Duration PERIOD = Duration.ofMillis(200);

    private final CamelContext context;
    private final Instances instances;
    private final AccessTokens tokens;
    private ScheduledExecutorService timer;

    public InstanceTokens(CamelContext context, Instances instances, AccessTokens tokens) {
        this.context = context;
        this.instances = instances;
        this.tokens = tokens;
    }

    @Override
    protected void doStart() {
        timer = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "instance-tokens");
        PeriodicTask.start(timer, "the renewal of tokens", Duration.ZERO, PERIOD, this::check);
    }

    @Override
    protected void doStop() {
        context.getExecutorServiceManager().shutdownNow(timer);
    }

    private void check() {
        Set<IdentitySettings> used = instances.all().stream().map(Instance::settings).filter(InstanceSettings::enabled)
                .flatMap(settings -> settings.identity().stream()).collect(Collectors.toSet());
        tokens.renew(used);
        instances.all().forEach(this::mark);
    }

    private void mark(Instance instance) {
        IdentitySettings identity = instance.settings().enabled() ? instance.settings().identity().orElse(null) : null;
        String missing = identity == null ? null : tokens.missing(identity);
        if (instance.health().lacksToken() != (missing != null)) {
            instance.health().tokenMissing(missing != null);
            if (missing != null) {
                LOG.warn("Instance '{}' has no access token and gets no requests: {}.", instance.name(), missing);
            } else if (identity != null) {
                LOG.info("Instance '{}' has an access token again.", instance.name());
            }
        }
    }
}
