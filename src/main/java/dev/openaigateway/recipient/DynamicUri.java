package dev.openaigateway.recipient;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Expression;
import org.apache.camel.builder.EndpointConsumerBuilder;
import org.apache.camel.builder.EndpointProducerBuilder;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.LanguageSupport;

import java.util.Map;
import java.util.Optional;

/** The URI of a {@code toD}, a {@code wireTap} or a {@code poll} as it stands in the rule. */
final class DynamicUri implements EndpointProducerBuilder, EndpointConsumerBuilder {

    private static final String LANGUAGE = "language:";

    private final String uri;
    private final Delimiter delimiter;
    private final Optional<OwnEndpoints> own;

    DynamicUri(String uri, Delimiter delimiter, Optional<OwnEndpoints> own) {
        this.uri = uri;
        this.delimiter = delimiter;
        this.own = own;
    }

    /** Whether Camel computes the endpoint for each request. An expression may be in the value of a placeholder. */
    static boolean isComputed(CamelContext context, String uri) {
        String text = EndpointHelper.resolveEndpointUriPropertyPlaceholders(context, uri);
        return text.startsWith(LANGUAGE) || LanguageSupport.hasSimpleFunction(text);
    }

    @Override
    public String getRawUri() {
        return uri;
    }

    /** As Camel makes it of the text, with {@code language:NAME:} in front of an expression of another language. */
    @Override
    public Expression expr(CamelContext context) {
        String text = EndpointHelper.resolveEndpointUriPropertyPlaceholders(context, uri);
        String language = LanguageSupport.hasSimpleFunction(text) ? "simple" : "constant";
        if (text.startsWith(LANGUAGE)) {
            int end = text.indexOf(':', LANGUAGE.length());
            language = text.substring(LANGUAGE.length(), end);
            text = text.substring(end + 1);
        }
        Expression original = context.resolveLanguage(language).createExpression(text);
        original.init(context);
        Expression guarded = switch (language) {
            case "simple" -> UriTemplate.of(context, text, delimiter, original);
            case "constant" -> original;
            default -> new ComputedRecipients(original, delimiter);
        };
        return own.<Expression>map(endpoints -> new OwnRecipients(guarded, delimiter, endpoints)).orElse(guarded);
    }

    @Override
    public Endpoint resolve(CamelContext context) {
        return CamelContextHelper.getMandatoryEndpoint(context, uri);
    }

    @Override
    public <T extends Endpoint> T resolve(CamelContext context, Class<T> type) {
        return CamelContextHelper.getMandatoryEndpoint(context, uri, type);
    }

    @Override
    public void doSetProperty(String name, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void doSetMultiValueProperty(String name, String key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void doSetMultiValueProperties(String name, String prefix, Map<String, Object> values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return uri;
    }
}
