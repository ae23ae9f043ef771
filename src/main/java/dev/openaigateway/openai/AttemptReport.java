package dev.openaigateway.openai;

/**
 * The result of one attempt of a request, as shown to the client. Contains neither hosts nor keys.
 *
 * @param status the upstream's HTTP status; 0 if there was none
 * @param served whether the instance sent a complete or partial response, or was sending one when the client disconnected
 */
public record AttemptReport(String instance, int status, String reason, boolean served) {
}
