package dev.openaigateway.traces;

import dev.openaigateway.text.Excerpt;

import io.opentelemetry.api.common.AttributeKey;

import java.util.List;

import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

/** The names of attributes: those of OpenTelemetry's conventions for HTTP and for generative AI, and the gateway's own. None holds content. */
final class SpanAttributes {

    static final AttributeKey<String> METHOD = stringKey("http.request.method");
    static final AttributeKey<Long> STATUS = longKey("http.response.status_code");
    static final AttributeKey<Long> RESEND_COUNT = longKey("http.request.resend_count");
    static final AttributeKey<String> PATH = stringKey("url.path");
    static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = longKey("server.port");
    static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");

    static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
    static final AttributeKey<String> PROVIDER = stringKey("gen_ai.provider.name");
    static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
    static final AttributeKey<Boolean> STREAM = AttributeKey.booleanKey("gen_ai.request.stream");
    static final AttributeKey<Long> MAX_TOKENS = longKey("gen_ai.request.max_tokens");
    static final AttributeKey<Double> TEMPERATURE = doubleKey("gen_ai.request.temperature");
    static final AttributeKey<Double> TOP_P = doubleKey("gen_ai.request.top_p");
    static final AttributeKey<Long> CHOICE_COUNT = longKey("gen_ai.request.choice.count");
    static final AttributeKey<String> CONVERSATION = stringKey("gen_ai.conversation.id");
    static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
    static final AttributeKey<String> RESPONSE_ID = stringKey("gen_ai.response.id");
    static final AttributeKey<List<String>> FINISH_REASONS = stringArrayKey("gen_ai.response.finish_reasons");
    static final AttributeKey<Double> TIME_TO_FIRST_CHUNK = doubleKey("gen_ai.response.time_to_first_chunk");
    static final AttributeKey<Long> INPUT_TOKENS = longKey("gen_ai.usage.input_tokens");
    static final AttributeKey<Long> OUTPUT_TOKENS = longKey("gen_ai.usage.output_tokens");

    static final AttributeKey<Long> CACHE_READ_TOKENS = longKey("gen_ai.usage.cache_read.input_tokens");
    static final AttributeKey<Long> CACHE_CREATION_TOKENS = longKey("gen_ai.usage.cache_creation.input_tokens");
    static final AttributeKey<Long> REASONING_TOKENS = longKey("gen_ai.usage.reasoning.output_tokens");
    static final AttributeKey<Long> AUDIO_INPUT_TOKENS = longKey("gen_ai.usage.audio.input_tokens");
    static final AttributeKey<Long> IMAGE_INPUT_TOKENS = longKey("gen_ai.usage.image.input_tokens");

    static final AttributeKey<String> REQUEST_ID = stringKey("gateway.request_id");
    static final AttributeKey<String> CLIENT = stringKey("gateway.client");
    static final AttributeKey<String> RULE = stringKey("gateway.rule");
    static final AttributeKey<String> INSTANCE = stringKey("gateway.instance");
    static final AttributeKey<Long> ATTEMPTS = longKey("gateway.attempts");
    static final AttributeKey<Long> ATTEMPT = longKey("gateway.attempt");
    static final AttributeKey<String> REASON = stringKey("gateway.reason");
    static final AttributeKey<Long> WAIT = longKey("gateway.wait_ms");
    static final AttributeKey<String> UPSTREAM_REQUEST_ID = stringKey("gateway.upstream_request_id");

    private static final int LONGEST = 256;

    private SpanAttributes() {
    }

    /** Cuts a text that a client or an upstream has chosen; null if it is null or empty. */
    static String bounded(String text) {
        return text == null || text.isEmpty() ? null : Excerpt.of(text, LONGEST);
    }
}
