package dev.openaigateway.call;

/** Durations in the form of OpenAI's rate limit headers: {@code 120ms}, {@code 8.64s}, {@code 6m0s}. */
final class GoDuration {

    private GoDuration() {
    }

    static String of(long millis) {
        if (millis < 1000) {
            return millis + "ms";
        }
        long minutes = millis / 60_000;
        long rest = millis % 60_000;
        String seconds = rest % 1000 == 0 ? String.valueOf(rest / 1000)
                : String.valueOf(rest / 1000.0);
        return (minutes > 0 ? minutes + "m" : "") + seconds + "s";
    }
}
