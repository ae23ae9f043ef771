package dev.openaigateway.tokenizer;

import java.util.Optional;

/**
 * What an image costs: a base, and in high detail so much for each tile of 512 pixels after the image was fitted into
 * 2048 x 2048 and its shorter side then brought down to 768.
 */
record ImageTokens(int base, int perTile) {

    private static final ImageTokens GPT_4O = new ImageTokens(85, 170);
    private static final ImageTokens GPT_4O_MINI = new ImageTokens(2833, 5667);
    /** Taken where only the address of an image is known. */
    private static final ImageSize USUAL = new ImageSize(1024, 1024);

    static ImageTokens ofModel(String model) {
        return model.contains("gpt-4o-mini") ? GPT_4O_MINI : GPT_4O;
    }

    /** @param detail as the client wrote it; all but {@code low} is taken as high */
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
