package dev.openaigateway.openai;

import java.util.function.BiConsumer;

/**
 * Parts of the tokens of one or more requests, as far as upstreams report them; 0 for what they do not. Immutable.
 *
 * @param cached      prompt tokens read from a cache
 * @param cacheWrite  prompt tokens written to a cache
 * @param reasoning   completion tokens that were reasoning
 * @param audioInput  prompt tokens of sound
 * @param audioOutput completion tokens of sound
 * @param imageInput  prompt tokens of images
 * @param imageOutput completion tokens of images
 * @param seconds     seconds of sound, where the upstream counts those
 */
public record UsageDetails(long cached, long cacheWrite, long reasoning, long audioInput, long audioOutput, long imageInput,
                           long imageOutput, double seconds) {

    /** Nothing was reported. */
    public static final UsageDetails NONE = new UsageDetails(0, 0, 0, 0, 0, 0, 0, 0);

    /** The sound that was transcribed, and nothing else. */
    public static UsageDetails ofSeconds(double seconds) {
        return new UsageDetails(0, 0, 0, 0, 0, 0, 0, seconds);
    }

    /** The sum. Allocates nothing if one side is {@link #NONE}. */
    public UsageDetails plus(UsageDetails other) {
        if (other.equals(NONE)) {
            return this;
        }
        return equals(NONE) ? other : new UsageDetails(cached + other.cached, cacheWrite + other.cacheWrite, reasoning + other.reasoning,
                audioInput + other.audioInput, audioOutput + other.audioOutput, imageInput + other.imageInput,
                imageOutput + other.imageOutput, seconds + other.seconds);
    }

    /** Names each number as records, statistics and databases do. Tokens are of type {@code Long}. */
    public void forEach(BiConsumer<String, Number> action) {
        action.accept("cached_tokens", cached);
        action.accept("cache_write_tokens", cacheWrite);
        action.accept("reasoning_tokens", reasoning);
        action.accept("audio_input_tokens", audioInput);
        action.accept("audio_output_tokens", audioOutput);
        action.accept("image_input_tokens", imageInput);
        action.accept("image_output_tokens", imageOutput);
        action.accept("seconds", seconds);
    }
}
