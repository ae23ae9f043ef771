package dev.openaigateway.request;

import dev.openaigateway.text.UriText;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code request:} component: changes the request that a rule sends to an instance, and keeps all bytes that it does not
 * change. {@code request:cap}, {@code set}, {@code remove}, {@code system} and {@code header}.
 */
@Component("request")
public final class RequestComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        parameters.forEach((name, value) -> values.put(name, UriText.written(String.valueOf(value))));
        parameters.clear();
        return new RequestEndpoint(uri, this, RequestStep.of(getCamelContext(), remaining, values));
    }
}
