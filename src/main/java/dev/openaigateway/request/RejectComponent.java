package dev.openaigateway.request;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

import java.util.Map;

/** The {@code reject:STATUS} component: answers a request with an OpenAI error object, in place of an instance. */
@Component("reject")
public final class RejectComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        RejectEndpoint endpoint = new RejectEndpoint(uri, this, status(remaining == null ? "" : remaining));
        setProperties(endpoint, parameters);
        endpoint.prepare();
        return endpoint;
    }

    private static int status(String text) {
        if (!text.matches("[45]\\d\\d")) {
            throw new IllegalArgumentException("'reject:" + text + "' needs a status from 400 to 599, such as reject:429.");
        }
        return Integer.parseInt(text);
    }
}
