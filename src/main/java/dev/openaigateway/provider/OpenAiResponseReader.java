package dev.openaigateway.provider;

import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.response.JsonResponse;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.usage.UsageTap;

import java.io.IOException;

/** Reads responses in OpenAI's own format. They pass unchanged; only the members that the gateway needs are read. */
public final class OpenAiResponseReader implements ResponseReader {

    private UsageTap tap;

    @Override
    public boolean translates() {
        return false;
    }

    @Override
    public JsonResponse whole(byte[] body) throws IOException {
        return JsonResponse.read(body);
    }

    /**
     * After the first content most events are not parsed: a scan finds those that can contain more than text (benchmark row
     * "CPU per event").
     */
    @Override
    public StreamEvent event(byte[] bytes, int start, int end, boolean contentSeen, CompletionCounter counter) {
        SseData data = SseData.in(bytes, start, end);
        if (data == null) {
            return StreamEvent.NO_DATA;
        }
        return contentSeen && counter == null && !data.isRemarkable() ? StreamEvent.UNREAD : data.read(counter);
    }

    @Override
    public boolean isComplete(byte[] bytes, int start, int end) {
        SseData data = SseData.in(bytes, start, end);
        return data != null && data.isWhole();
    }

    @Override
    public UpstreamError error(byte[] body) {
        return UpstreamError.read(body);
    }

    @Override
    public void passing(byte[] bytes, int length) {
        if (tap == null) {
            tap = new UsageTap();
        }
        tap.see(bytes, length);
    }

    @Override
    public Usage usage() {
        return tap == null ? null : tap.found();
    }
}
