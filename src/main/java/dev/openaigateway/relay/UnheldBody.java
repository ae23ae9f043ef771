package dev.openaigateway.relay;

import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.call.Call;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.relay.attempt.RequestedForm;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.upstream.ErrorsUnderSuccess;
import dev.openaigateway.upstream.MediaType;
import dev.openaigateway.upstream.TextBody;
import org.apache.camel.Message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** Relays the body of a response while it is read: JSON that is too long to be held, and anything else. */
record UnheldBody(Attempt attempt, Message response, StoredObjects objects, ResponseReader reader, ErrorsUnderSuccess errors) {

    /** What is not JSON. A text in place of sound may be an error, so keys and hosts in it are masked. */
    void passOther(byte[] piece, int length, InputStream rest) throws IOException {
        boolean text = RequestedForm.isSound(attempt.call().request()) && !MediaType.of(response).isMedia() && TextBody.mayBe(piece, length);
        InputStream shown = text ? TextBody.masked(piece, length, rest, errors::masked) : rest;
        pass(piece, text ? shown.read(piece) : length, shown, false);
    }

    /** @param length of the bytes in the piece; at most 0 if the body is empty */
    void pass(byte[] piece, int length, InputStream rest, boolean json) throws IOException {
        Call call = attempt.call();
        if (length <= 0 && call.clientStream().leaveHead()) {
            WholeOutput.send(attempt, response, new byte[0]);
        } else if (length <= 0 || !new BytesRelay(attempt, response, objects, reader, json ? errors : null).run(piece, length, rest)) {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(piece, 0, Math.max(0, length)), rest);
            if (json) {
                UnsentBody.drainForUsage(attempt, reader, new byte[0], whole);
                call.cancellation().cancel();
                new WholeAsStream(attempt, response).refuse();
            } else {
                new WholeAsStream(attempt, response).convert(whole);
            }
        }
    }
}
