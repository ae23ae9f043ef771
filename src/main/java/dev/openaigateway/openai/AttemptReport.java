package dev.openaigateway.openai;

/**
 * The result of one attempt of a request. Contains neither hosts nor keys.
 *
 * @param model  the model that the instance was asked for, if it is not the one that the client named; else null
 * @param status the upstream's HTTP status; 0 if there was none
 * @param kind   the result as one word, such as {@code timeout}
 * @param reason the result for operators
 * @param shown  the result as clients read it
 * @param served whether the instance sent a complete or partial response, or was sending one when the client disconnected
 * @param millis how long it took
 */
public record AttemptReport(String instance, String model, int status, String kind, String reason, String shown, boolean served, long millis) {

    /** A result that clients may read as operators do. */
    public AttemptReport(String instance, String model, int status, String kind, String reason, boolean served, long millis) {
        this(instance, model, status, kind, reason, reason, served, millis);
    }
}
