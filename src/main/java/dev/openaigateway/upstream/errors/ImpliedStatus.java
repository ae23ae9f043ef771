package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;

import java.util.Locale;
import java.util.Set;

/** The HTTP status that OpenAI and Azure use for an error which came with a status of success. */
public final class ImpliedStatus {

    /** OpenAI's codes of a failed response that are about the request, beside those of {@link RefusalErrors}. */
    private static final Set<String> OF_REQUEST = Set.of("invalid_prompt", "bio_policy", "cyber_policy_violation",
            "invalid_image", "invalid_image_format", "invalid_base64_image", "invalid_image_url", "image_too_large", "image_too_small",
            "image_parse_error", "invalid_image_mode", "image_file_too_large", "unsupported_image_media_type", "empty_image_file",
            "failed_to_download_image", "image_file_not_found");

    private ImpliedStatus() {
    }

    /** {@link UpstreamError#UNKNOWN_STATUS} if neither the code, nor Google's, nor the type imply one. */
    public static int of(UpstreamError error) {
        if (error.code().matches("[45][0-9]{2}")) {
            return Integer.parseInt(error.code());
        }
        String code = error.code().toLowerCase(Locale.ROOT);
        if (OF_REQUEST.contains(code) || RefusalErrors.isKnownCode(code)) {
            return 400;
        }
        int implied = ErrorCodes.impliedBy(code);
        if (implied == UpstreamError.UNKNOWN_STATUS) {
            // As ErrorRules reads it: what is known to be missing needs the status of that.
            implied = ErrorCodes.impliedBy(ErrorDetails.of(error).reason().toLowerCase(Locale.ROOT));
        }
        return implied == UpstreamError.UNKNOWN_STATUS ? ofType(error.type().toLowerCase(Locale.ROOT)) : implied;
    }

    /** Whether the error has a code that says more than a status. */
    public static boolean isNamed(UpstreamError error) {
        return !error.code().matches("-?[0-9]*");
    }

    private static int ofType(String type) {
        return switch (type) {
            case "tokens", "requests", "rate_limit_error" -> 429;
            case "invalid_request_error", "exceed_context_size_error" -> 400;
            default -> ErrorCodes.impliedBy(type);
        };
    }
}
