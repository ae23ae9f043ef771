package dev.openaigateway.tokenizer.prompt;

import java.util.Optional;

/**
 * The tokens of an image: a base and, in high detail, a price per tile of 512 x 512 pixels. The image is first scaled down
 * to fit 2048 x 2048, then until its shorter side is at most 768.
 */
record ImageTokens(int base, int perTile) {

    private static final ImageTokens GPT_4O = new ImageTokens(85, 170);
    private static final ImageTokens GPT_4O_MINI = new ImageTokens(2833, 5667);
    /** Assumed if only the URL of an image is known. */
    private static final ImageSize USUAL = new ImageSize(1024, 1024);

    static ImageTokens ofModel(String model) {
        return model.contains("gpt-4o-mini") ? GPT_4O_MINI : GPT_4O;
    }

    /** @param detail as the client sent it; any value but {@code low} counts as high */
    int count(String detail, Optional<ImageSize> size) {
        return "low".equals(detail) ? base : base + perTile * tiles(size.orElse(USUAL));
    }

    private static int tiles(ImageSize size) {
        double fit = Math.min(1, 2048.0 / Math.max(size.width(), size.height()));
        double shorter = Math.min(1, 768 / (fit * Math.min(size.width(), size.height())));
        return tiles(size.width() * fit * shorter) * tiles(size.height() * fit * shorter);
    }

    private static int tiles(double pixels) {
        return (int) Math.max(1, Math.ceil(Math.round(pixels) / 512.0));
    }
}
