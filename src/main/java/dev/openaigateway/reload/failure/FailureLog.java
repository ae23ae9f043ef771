package dev.openaigateway.reload.failure;

import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.LoggingLevel;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;

import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps Camel from logging failures in rules, unless the file asks for it: the message of a failure may contain the prompt. The route
 * of the request logs each failure itself.
 */
final class FailureLog {

    private static final String NO = "false";

    private FailureLog() {
    }

    static void silence(ErrorHandlerFactory handler, List<OnExceptionDefinition> clauses) {
        if (handler instanceof DefaultErrorHandlerDefinition own) {
            // Without redeliveries and clauses Camel logs whatever the policy says.
            String exhausted = own.hasRedeliveryPolicy() ? own.getRedeliveryPolicy().getLogExhausted() : null;
            if (own.getLevel() == null && (exhausted == null || exhausted.equals(NO))) {
                own.setLevel(LoggingLevel.OFF.name());
            }
            if (own.getRedeliveryPolicyRef() == null) {
                silence(own.getRedeliveryPolicy());
            }
        }
        // To Camel each policy that does not set these options sets them to true.
        clauses.stream().map(OnExceptionDefinition::getRedeliveryPolicyType).filter(policy -> policy != null).forEach(FailureLog::silence);
    }

    private static void silence(RedeliveryPolicyDefinition policy) {
        unlessSet(policy.getLogExhausted(), policy::setLogExhausted);
        unlessSet(policy.getLogRetryAttempted(), policy::setLogRetryAttempted);
        unlessSet(policy.getLogNewException(), policy::setLogNewException);
    }

    private static void unlessSet(String option, Consumer<String> set) {
        if (option == null) {
            set.accept(NO);
        }
    }
}
