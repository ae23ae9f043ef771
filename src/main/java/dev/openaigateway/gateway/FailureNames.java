package dev.openaigateway.gateway;

import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchHeaderException;
import org.apache.camel.NoSuchPropertyException;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.processor.idempotent.NoMessageIdException;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Says which method, property or class a step failed on. These names come from the rule; the message of the exception may have the prompt
 * beside them, and is not used.
 */
final class FailureNames {

    /** A script may also make a name of a value at run time. */
    private static final Pattern NAME = Pattern.compile("[\\w.$\\[\\]-]{1,100}");

    private FailureNames() {
    }

    /** Null if the exception has no such names. */
    static String of(Throwable thrown) {
        try {
            return named(thrown);
        } catch (RuntimeException e) {
            // The client's error and the record of the request do not depend on how well a failure can be described.
            return null;
        }
    }

    private static String named(Throwable thrown) {
        if (thrown instanceof MissingPropertyException missing) {
            return "no property '" + name(missing.getProperty()) + "'" + in(missing.getType());
        } else if (thrown instanceof MissingMethodException missing) {
            return "no such method '" + name(missing.getMethod()) + "'" + in(missing.getType());
        } else if (thrown instanceof MethodNotFoundException missing) {
            return "no such method '" + name(String.valueOf(missing.getMethodName()).replaceFirst("(?s)[(].*", "")) + "'" + in(missing.getBean() == null ? null : missing.getBean().getClass());
        } else if (thrown instanceof MultipleCompilationErrorsException script) {
            return script.getErrorCollector().getErrors().stream().filter(SyntaxErrorMessage.class::isInstance).findFirst()
                    .map(error -> ((SyntaxErrorMessage) error).getCause().getOriginalMessage()).map(text -> text.strip().replaceFirst("(?s)\\R.*", "")).orElse(null);
        } else if (thrown instanceof InvalidPayloadException payload) {
            return "cannot convert the body to " + type(payload.getType());
        } else if (thrown instanceof NoTypeConversionAvailableException conversion) {
            return "cannot convert " + type(conversion.getFromType()) + " to " + type(conversion.getToType());
        } else if (thrown instanceof NoSuchBeanException bean) {
            return "no bean '" + name(bean.getName()) + "'";
        } else if (thrown instanceof NoSuchHeaderException header) {
            return "no header '" + name(header.getHeaderName()) + "'";
        } else if (thrown instanceof NoSuchPropertyException property) {
            return "no property '" + name(property.getPropertyName()) + "'";
        }
        if (thrown instanceof DirectConsumerNotAvailableException missing) {
            return "no route begins at 'direct:" + name(target(missing)) + "'";
        }
        return thrown instanceof NoMessageIdException ? "the expression of idempotentConsumer has no value" : null;
    }

    /** The name behind {@code direct:} of the endpoint where no route begins. */
    static String target(DirectConsumerNotAvailableException thrown) {
        String uri = String.valueOf(thrown.getExchange().getProperty(ExchangePropertyKey.TO_ENDPOINT, String.class));
        String name = uri.replaceFirst("^direct:(//)?", "").replaceFirst("(?s)[?].*", "");
        return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String name(String text) {
        return text != null && NAME.matcher(text).matches() ? text : "...";
    }

    /** Camel names no type for a value that is null. */
    private static String type(Class<?> type) {
        return type == null ? "null" : type.getTypeName();
    }

    /** The class of a script has an unknown name. */
    private static String in(Class<?> type) {
        return type == null || groovy.lang.Script.class.isAssignableFrom(type) ? "" : " in " + type.getTypeName();
    }
}
