package dev.openaigateway.relay.attempt;

import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.relay.body.BodyPrefix;
import dev.openaigateway.upstream.TextBody;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The type of a page, under which some servers send anything: transcripts, JSON and sound. */
public final class PageType {

    private PageType() {
    }

    /** Whether a body that begins so may be the response, and is no page of a proxy or a login. */
    public static boolean mayHave(ModelRequest request, BodyPrefix beginning) {
        if (RequestedForm.isSound(request)) {
            return beginning.isJson() || !TextBody.mayBe(beginning.bytes(), beginning.length());
        }
        return beginning.isJson() || !RequestedForm.isJson(request) && !beginning.isMarkup();
    }

    /** Gives the response the type of what it has. That of sound is not known. */
    public static void replace(ModelRequest request, Message response) {
        if (!RequestedForm.isSound(request)) {
            String page = response.getHeader(Exchange.CONTENT_TYPE, String.class);
            String parameters = page.contains(";") ? page.substring(page.indexOf(';')) : "; charset=utf-8";
            response.setHeader(Exchange.CONTENT_TYPE, RequestedForm.isJson(request) ? "application/json" : "text/plain" + parameters);
        }
    }
}
