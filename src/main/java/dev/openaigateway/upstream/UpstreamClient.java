package dev.openaigateway.upstream;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;

/** Gives each call the means to cut its upstream connection, before the response as well as in the middle of it. */
public final class UpstreamClient implements HttpClientConfigurer {

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.addExecInterceptorFirst("abortable", (request, scope, chain) -> {
            if (scope.originalRequest.getEntity() instanceof AbortableEntity entity
                    && scope.originalRequest instanceof Cancellable connection) {
                entity.call().running(connection::cancel);
            }
            return chain.proceed(request, scope);
        });
    }
}
