package dev.openaigateway.openai.usage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.UsageDetails;

import java.io.IOException;

/**
 * Reads the {@code usage} object of a response, with the field names of the chat and the Responses API, of images and
 * transcriptions, and of other providers that differ in details. Reads one object.
 */
public final class UsageReader {

    private static final double LARGEST = 1L << 53;

    private long prompt;
    private long completion;
    private long total;
    private boolean isCacheIncluded;
    private long cached;
    private long cacheApart;
    private long cacheWrite;
    private long reasoning;
    private final long[] audio = new long[2];
    private final long[] image = new long[2];
    private double seconds;
    private String serviceTier;

    private UsageReader() {
    }

    /** Reads the parser's current value to its end. Returns null if it is not an object. */
    public static Usage read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        UsageReader reader = new UsageReader();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            reader.readMember(name, parser);
        }
        return reader.usage();
    }

    private void readMember(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "prompt_tokens" -> {
                long tokens = count(parser);
                prompt = filled(tokens, prompt);
                isCacheIncluded |= tokens > 0;
            }
            case "input_tokens" -> prompt = filled(count(parser), prompt);
            case "completion_tokens", "output_tokens" -> completion = filled(count(parser), completion);
            case "total_tokens" -> total = count(parser);
            case "prompt_tokens_details", "input_tokens_details", "input_token_details" -> readDetails(parser, 0);
            case "completion_tokens_details", "output_tokens_details", "output_token_details" -> readDetails(parser, 1);
            case "cached_tokens", "prompt_cache_hit_tokens" -> cached = Math.max(cached, count(parser));
            case "cache_read_input_tokens" -> cacheApart = count(parser);
            case "cache_creation_input_tokens" -> cacheWrite = Math.max(cacheWrite, count(parser));
            case "reasoning_tokens" -> reasoning = Math.max(reasoning, count(parser));
            case "seconds", "prompt_audio_seconds" -> seconds = Math.max(seconds, number(parser));
            case "service_tier" -> serviceTier = tier(parser);
            default -> parser.skipChildren();
        }
    }

    /** @param side 0 for the input, 1 for the output */
    private void readDetails(JsonParser parser, int side) throws IOException {
        isCacheIncluded |= side == 0 && parser.currentToken() == JsonToken.START_OBJECT;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "cached_tokens" -> cached = Math.max(cached, count(parser));
                case "cache_write_tokens", "cache_creation_tokens" -> cacheWrite = Math.max(cacheWrite, count(parser));
                case "reasoning_tokens" -> reasoning = Math.max(reasoning, count(parser));
                case "audio_tokens" -> audio[side] = Math.max(audio[side], count(parser));
                case "image_tokens" -> image[side] = Math.max(image[side], count(parser));
                default -> parser.skipChildren();
            }
        }
    }

    private Usage usage() {
        if (!isCacheIncluded) {
            // Anthropic's form: what came from the cache or went into it is not part of the input.
            prompt += cacheApart + cacheWrite;
        }
        if (prompt == 0) {
            // Some providers of embeddings report the total only.
            prompt = Math.max(0, total - completion);
        } else {
            // Some providers leave reasoning out of the completion, or report it in the total only.
            completion = Math.max(completion, total - prompt);
        }
        UsageDetails details = new UsageDetails(Math.max(cached, cacheApart), cacheWrite, reasoning, audio[0], audio[1], image[0], image[1], seconds);
        return new Usage(prompt, completion, details.equals(UsageDetails.NONE) ? UsageDetails.NONE : details, serviceTier);
    }

    /** Some upstreams send the names of both APIs, with zeros in those of the other one. */
    private static long filled(long tokens, long before) {
        return tokens == 0 ? before : tokens;
    }

    private static long count(JsonParser parser) throws IOException {
        return (long) number(parser);
    }

    /** At least 0. Anything but a number in a double's range of exact integers counts as 0. */
    private static double number(JsonParser parser) throws IOException {
        if (!parser.currentToken().isNumeric()) {
            parser.skipChildren();
            return 0;
        }
        double value = parser.getDoubleValue();
        return value > 0 && value < LARGEST ? value : 0;
    }

    /** A number of seconds, also as a string; 0 for anything else. */
    public static double seconds(JsonParser parser) throws IOException {
        String text = text(parser);
        if (text == null) {
            return parser.currentToken().isNumeric() ? number(parser) : 0;
        }
        return text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?") ? Double.parseDouble(text) : 0;
    }

    /** Null if the value is not a name. */
    public static String tier(JsonParser parser) throws IOException {
        String name = text(parser);
        return name != null && name.matches("[A-Za-z0-9_-]{1,32}") ? name : null;
    }

    private static String text(JsonParser parser) throws IOException {
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
        parser.skipChildren();
        return text;
    }
}
