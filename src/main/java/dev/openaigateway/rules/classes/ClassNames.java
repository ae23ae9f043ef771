package dev.openaigateway.rules.classes;

import dev.openaigateway.problem.DidYouMean;
import org.apache.camel.spi.ClassResolver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names of classes to suggest in place of one that does not exist. The classes of a class path cannot be listed. */
public final class ClassNames {

    private static final List<String> USUAL = List.of("java.lang.String", "java.lang.Boolean", "java.lang.Integer", "java.lang.Long", "java.lang.Double", "java.util.List",
            "java.util.Map", "java.io.InputStream", "com.fasterxml.jackson.databind.JsonNode", "java.lang.Exception", "java.lang.IllegalArgumentException", "java.lang.IllegalStateException",
            "java.lang.NullPointerException", "java.lang.NumberFormatException", "java.lang.RuntimeException", "java.lang.SecurityException",
            "java.lang.Throwable", "java.lang.UnsupportedOperationException", "java.io.IOException", "java.net.ConnectException",
            "java.net.SocketException", "java.net.SocketTimeoutException", "java.net.UnknownHostException",
            "java.util.concurrent.TimeoutException", "java.util.concurrent.RejectedExecutionException",
            "org.apache.camel.CamelExecutionException", "org.apache.camel.ExchangeTimedOutException", "org.apache.camel.RuntimeCamelException",
            "org.apache.camel.ValidationException", "org.apache.camel.http.base.HttpOperationFailedException",
            "org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy",
            "org.apache.camel.processor.aggregate.UseLatestAggregationStrategy", "org.apache.camel.support.processor.PredicateValidationException",
            "org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository", "dev.openaigateway.routing.Policy",
            "dev.openaigateway.routing.policy.Sticky", "dev.openaigateway.provider.Provider", "dev.openaigateway.security.Authenticator",
            "dev.openaigateway.routing.CallListener", "dev.openaigateway.explain.SafeInDryRun");

    private ClassNames() {
    }

    /** The name of a class that exists and whose own name, without its package, is the nearest. */
    public static Optional<String> nearest(String wrong, ClassResolver resolver) {
        Map<String, String> bySimpleName = new LinkedHashMap<>();
        USUAL.forEach(name -> bySimpleName.put(simple(name), name));
        String simple = simple(wrong);
        return DidYouMean.slip(simple, bySimpleName.keySet()).map(bySimpleName::get).filter(name -> resolver.resolveClass(name) != null);
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
