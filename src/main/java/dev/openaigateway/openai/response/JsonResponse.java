package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.response.errors.ErrorRewriter;

import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * The fields of a buffered JSON response that the gateway reads.
 *
 * @param error         the reported failure, independent of the HTTP status; or null
 * @param usage         the reported tokens, or null
 * @param inBackground  whether the response is still being generated in the background
 * @param empty         whether it is a completion without choices, of which no tokens were billed
 * @param choices       whether it has a list of choices, which is empty or has one with a message, a text, a finish reason or an error
 * @param noData        whether its {@code data} or {@code results} are no list with an element, and no tokens were billed
 * @param result        whether it has a member of OpenAI's results that is not null
 * @param notesOnly     whether it has only members in which other APIs say how a request has ended, such as {@code msg}; results of sound can have any other
 * @param saysNoFault   whether it has such members, and none with words of a failure
 * @param failed        whether it is a result that says why it failed
 * @param errorInChoice whether a choice mentions an error, beside a result or in its place
 * @param remarks       whether the root has a warning, or an error under another name, or a result in a list has one
 * @param body          the response itself, in OpenAI's format
 */
public record JsonResponse(UpstreamError error, Usage usage, boolean inBackground, boolean empty, boolean choices, boolean noData, boolean result,
                           boolean notesOnly, boolean saysNoFault, boolean failed, boolean errorInChoice, boolean remarks, byte[] body) {

    /**
     * Reads a body in OpenAI's format. An error may be the only element of a list, as Google sends it.
     *
     * @throws IOException if it is neither that nor one JSON object
     */
    public static JsonResponse read(byte[] body) throws IOException {
        JsonResponseMembers members = new JsonResponseMembers();
        try (JsonParser parser = LooseJson.parser(body)) {
            boolean listed = parser.nextToken() == JsonToken.START_ARRAY;
            if ((listed ? parser.nextToken() : parser.currentToken()) != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                members.read(parser);
            }
            if (listed && (parser.nextToken() != JsonToken.END_ARRAY || !members.reportError())) {
                throw new IOException("a list without an error");
            }
            if (parser.nextToken() != null) {
                throw new IOException("more behind the JSON object");
            }
        }
        return new JsonResponse(error(members, body), members.usage(), members.inBackground(), members.isEmpty(), members.hasReadableChoices(), members.hasNoData(),
                members.isResult(), members.areNotesOnly(), members.reportNoFault(), members.isFailedResult(), members.hasErrorInChoice(), members.hasRemarks(), body);
    }

    private static UpstreamError error(JsonResponseMembers members, byte[] body) {
        if (!members.reportError() || members.dependOnChoices() && ChoiceContent.isIn(body)) {
            return null;
        }
        return members.haveChoicesFailed() ? ChoiceErrorBody.read(body) : UpstreamError.read(body);
    }

    /**
     * The body for the client: an error in it may name the upstream's key and host. Generated content stays as it is.
     *
     * @param mask gets the JSON that has to be masked
     * @return the same array if there is no error in it
     */
    public byte[] masked(UnaryOperator<byte[]> mask) {
        return failed || errorInChoice ? ErrorRewriter.rewrite(body, failed, mask) : remarks ? new ErrorRewriter(mask, null).whole(body) : body;
    }

    /** Adds the response's text to the counter. */
    public void count(CompletionCounter counter) {
        if (inBackground) {
            counter.markUnknown();
        }
        StreamEvent.read(body, 0, body.length, counter);
    }
}
