package dev.openaigateway.request;

import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

import java.math.BigDecimal;
import java.time.Duration;

/** One {@code reject:} URI of a route. Each option but the status may be a simple expression. */
public final class RejectEndpoint extends DefaultEndpoint {

    private final int answerStatus;
    private String code;
    private String message;
    private String type;
    private String param;
    private String retryAfter;
    private Processor answer;

    RejectEndpoint(String uri, RejectComponent component, int status) {
        super(uri, component);
        this.answerStatus = status;
    }

    /**
     * Reads the options, after all of them are set.
     *
     * @throws IllegalArgumentException if one is wrong; the message says what is right
     * @throws org.apache.camel.ExpressionIllegalSyntaxException if one is an expression that does not parse
     */
    void prepare() {
        ValueSource codeSource = source(code);
        ValueSource messageSource = source(message);
        ValueSource typeSource = source(type);
        ValueSource paramSource = source(param);
        ValueSource waitSource = source(retryAfter);
        if (waitSource != null && waitSource.isConstant()) {
            seconds(retryAfter);
        }
        answer = exchange -> {
            ApiError error = Errors.rejected(answerStatus, value(messageSource, exchange), value(typeSource, exchange),
                    value(paramSource, exchange), value(codeSource, exchange));
            throw new ApiException(waitSource == null ? error : error.after(waitTime(exchange, waitSource)));
        };
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws Exception {
                answer.process(exchange);
            }
        };
    }

    private ValueSource source(String option) {
        return option == null ? null : new ValueSource(getCamelContext(), option);
    }

    private static String value(ValueSource source, Exchange exchange) {
        return source == null ? null : source.text(exchange);
    }

    private static Duration waitTime(Exchange exchange, ValueSource source) {
        try {
            return seconds(source.text(exchange));
        } catch (IllegalArgumentException e) {
            throw Errors.ruleFailed("'reject:' failed at " + RuleStepName.of(exchange) + ": " + e.getMessage()).exception();
        }
    }

    private static Duration seconds(String text) {
        if (!text.strip().matches("\\d{1,9}(\\.\\d{1,3})?")) {
            throw new IllegalArgumentException("'retryAfter' must be a number of seconds, not '" + text + "'.");
        }
        return Duration.ofMillis(new BigDecimal(text.strip()).movePointRight(3).longValue());
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("'reject:' is for sending only.");
    }

    public String getCode() {
        return code;
    }

    /** The code of the error; by default one that suits the status. */
    public void setCode(String code) {
        this.code = code;
    }

    public String getMessage() {
        return message;
    }

    /** The message for the client. */
    public void setMessage(String message) {
        this.message = message;
    }

    public String getType() {
        return type;
    }

    /** The type of the error; by default one that suits the status. */
    public void setType(String type) {
        this.type = type;
    }

    public String getParam() {
        return param;
    }

    /** The member of the request that is at fault. */
    public void setParam(String param) {
        this.param = param;
    }

    public String getRetryAfter() {
        return retryAfter;
    }

    /** Seconds after which a retry may succeed. */
    public void setRetryAfter(String retryAfter) {
        this.retryAfter = retryAfter;
    }
}
