package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises that an instance does not keep what a request refers to, such as an earlier response or a file, or that it cannot
 * decrypt what another instance has encrypted. Upstreams say so before they generate anything.
 */
public final class MissingObjectErrors {

    private static final Set<Integer> STATUSES = Set.of(UpstreamError.UNKNOWN_STATUS, 400, 404, 410, 422);
    private static final Set<String> CODES = Set.of("invalid_encrypted_content", "previous_response_not_found", "response_not_found",
            "conversation_not_found", "item_not_found", "file_not_found", "image_file_not_found", "container_not_found", "vector_store_not_found",
            "prompt_not_found");
    private static final List<String> ENCRYPTED = List.of("encrypted content", "encrypted_content", "encrypted reasoning");
    private static final List<String> UNDECIPHERED = List.of("could not be verified", "could not be decrypted", "could not be parsed",
            "cannot be decrypted", "failed to decrypt", "unable to decrypt");
    private static final String OTHER_ORGANIZATION = "organization_id did not match";
    private static final List<String> ABSENT = List.of("not found", "not be found", "no such", "does not exist", "do not exist", "doesn't exist");
    private static final List<String> KEPT = List.of("response", "conversation", "item", "reasoning", "file", "upload", "vector store",
            "vector_store", "container", "prompt", "thread", "batch", "audio");
    private static final List<String> NEVER_KEPT = List.of("model", "deployment", "url", "route", "operation");

    private MissingObjectErrors() {
    }

    /**
     * @param status            the HTTP status; {@link UpstreamError#UNKNOWN_STATUS} for an error that came with a status of success
     * @param aboutStoredObject whether the request is about one stored object, so that a 404 is about it
     */
    public static boolean match(int status, UpstreamError error, boolean aboutStoredObject) {
        if (!STATUSES.contains(status)) {
            return false;
        }
        String code = error.code().toLowerCase(Locale.ROOT);
        if (CODES.contains(code) || CODES.contains(error.type().toLowerCase(Locale.ROOT)) || aboutStoredObject && status == 404) {
            return true;
        }
        return !ErrorCodes.isOfModel(code) && isSaidBy(error.message().toLowerCase(Locale.ROOT));
    }

    private static boolean isSaidBy(String message) {
        return message.contains(OTHER_ORGANIZATION) || hasAny(message, ENCRYPTED) && hasAny(message, UNDECIPHERED)
                || hasAny(message, ABSENT) && hasAny(message, KEPT) && !hasAny(message, NEVER_KEPT);
    }

    private static boolean hasAny(String message, List<String> phrases) {
        return phrases.stream().anyMatch(message::contains);
    }
}
