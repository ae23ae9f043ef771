package dev.openaigateway.relay;

import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.response.ErrorRewriter;
import dev.openaigateway.openai.response.JsonResponse;
import dev.openaigateway.upstream.ErrorsUnderSuccess;

import java.util.EnumSet;
import java.util.Set;

/** Masks secrets in good responses, but not in generated content: keys and hosts in what is said of errors, keys also beside the choices. */
final class ErrorMask {

    private static final Set<Operation> HAVE_ERRORS = EnumSet.of(Operation.CHAT_COMPLETIONS, Operation.COMPLETIONS, Operation.RESPONSES);

    private ErrorMask() {
    }

    /** For the JSON of a whole response or event while it passes; null for an operation whose responses have no errors beside content. */
    static ErrorRewriter passing(Operation operation, ErrorsUnderSuccess errors) {
        // The root of a response object has content, and no choice that may fail.
        return HAVE_ERRORS.contains(operation) ? new ErrorRewriter(errors::masked, operation == Operation.RESPONSES ? null : errors::withoutKeys) : null;
    }

    /** The body for the client; not a copy if there is nothing to mask. */
    static byte[] ofWhole(JsonResponse response, Operation operation, ErrorsUnderSuccess errors) {
        byte[] shown = response.masked(errors::masked);
        ErrorRewriter rewriter = passing(operation, errors);
        return rewriter == null || errors.withoutKeys(shown) == shown ? shown : rewriter.pass(shown, shown.length);
    }
}
