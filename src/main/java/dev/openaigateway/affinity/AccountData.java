package dev.openaigateway.affinity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.body.PassedRequest;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds a request that reads what the upstream has stored for all clients of the gateway, without naming it: a run of an evaluation can. */
final class AccountData {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern EVALUATIONS = Pattern.compile("(?i)evals(?:/.*)?");
    /** The sources of a run that are all stored responses and chat completions, or those that meet a condition. */
    private static final Set<String> STORED = Set.of("responses", "stored_completions");

    private AccountData() {
    }

    /** A body that is not JSON to its end is refused elsewhere. */
    static boolean isReadBy(PassedRequest request) {
        if (!EVALUATIONS.matcher(request.path()).matches() || !request.mayBeJson()) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(request.bytes())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && isTypeOfSource(parser.getParsingContext()) && STORED.contains(parser.getText().toLowerCase(Locale.ROOT))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isTypeOfSource(JsonStreamContext at) {
        if (!at.inObject() || !"type".equals(at.getCurrentName())) {
            return false;
        }
        JsonStreamContext holder = at.getParent();
        while (holder.inArray()) {
            holder = holder.getParent();
        }
        return "source".equals(holder.getCurrentName());
    }
}
