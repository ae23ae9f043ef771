package dev.openaigateway.openai;

/**
 * What became of one instance within one request, as the client may see it: no hosts, no keys.
 *
 * @param status the upstream's HTTP status; 0 where it gave none
 * @param served whether it answered, wholly or in part, or was answering when the client left
 */
public record AttemptReport(String instance, int status, String reason, boolean served) {
}
