package dev.openaigateway.healthcheck;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.provider.UpstreamUrl;
import dev.openaigateway.upstream.InstanceCalls;
import org.apache.hc.core5.http.ClassicHttpResponse;

import java.net.URI;
import java.time.Duration;

/** Checks an upstream with one GET of {@code health_path}, or of the provider's health URL. Thread-safe. */
public final class HealthCheck {

    /** @param detail empty if the upstream is healthy; contains no host name */
    public record Finding(String instance, String status, String detail) {

        boolean healthy() {
            return status.equals("ok");
        }
    }

    private final Providers providers;
    private final InstanceCalls calls;

    public HealthCheck(Providers providers, InstanceCalls calls) {
        this.providers = providers;
        this.calls = calls;
    }

    /** Any response shows that the instance is healthy, except a server error or a refusal of the key. */
    Finding call(InstanceSettings instance) {
        return call(instance, instance.apiBase(), instance.healthTimeout());
    }

    /** Checks another address that accepts the instance's key. Does not read the body. */
    Finding call(InstanceSettings instance, URI base, Duration within) {
        try {
            int status = ForeignCode.call(() -> calls.get(instance, url(instance, base), within, ClassicHttpResponse::getCode));
            boolean healthy = status < 500 && status != 401 && status != 403;
            return new Finding(instance.name(), healthy ? "ok" : "error", healthy ? "" : "responded with " + status);
        } catch (Exception e) {
            // A provider may throw anything if it has no valid credentials.
            return new Finding(instance.name(), "error", "cannot be reached");
        }
    }

    private String url(InstanceSettings instance, URI base) {
        return instance.healthPath().map(path -> UpstreamUrl.below(base, path)).orElseGet(() -> providers.of(instance).healthUrl(instance, base));
    }
}
