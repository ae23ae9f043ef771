package dev.openaigateway.dashboard;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes a picture with its 256 most frequent colors, which takes half the bytes. */
final class SmallPicture {

    private static final int COLORS = 256;

    private SmallPicture() {
    }

    static void write(byte[] png, Path file) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        int[] palette = counts.entrySet().stream().sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed()).limit(COLORS)
                .mapToInt(Map.Entry::getKey).toArray();
        List<Integer> indexes = IntStream.range(0, palette.length).boxed().toList();
        Map<Integer, Integer> nearest = new HashMap<>();
        BufferedImage small = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, palette.length, palette, 0, false, -1, 0));
        for (int i = 0; i < pixels.length; i++) {
            int index = nearest.computeIfAbsent(pixels[i], color -> indexes.stream().min(Comparator.comparingInt(known -> distance(palette[known], color))).orElseThrow());
            small.getRaster().setSample(i % picture.getWidth(), i / picture.getWidth(), 0, index);
        }
        ImageIO.write(small, "png", file.toFile());
    }

    private static int distance(int one, int other) {
        return IntStream.of(0, 8, 16).map(shift -> (one >> shift & 255) - (other >> shift & 255)).map(difference -> difference * difference).sum();
    }
}
