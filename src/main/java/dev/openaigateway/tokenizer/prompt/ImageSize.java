package dev.openaigateway.tokenizer.prompt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Width and height in pixels, read from the first bytes of a PNG, GIF, JPEG or WebP file. */
record ImageSize(int width, int height) {

    /** Empty if the format is not supported or the size is not within these bytes. */
    static Optional<ImageSize> of(byte[] head) {
        try {
            return Optional.ofNullable(read(ByteBuffer.wrap(head))).filter(size -> size.width > 0 && size.height > 0);
        } catch (IndexOutOfBoundsException tooShort) {
            return Optional.empty();
        }
    }

    private static ImageSize read(ByteBuffer head) {
        return switch (head.getInt(0)) {
            case 0x89504E47 -> new ImageSize(head.getInt(16), head.getInt(20));
            case 0x47494638 -> littleEndian(head, 6, 8);
            case 0x52494646 -> webp(head);
            default -> (head.getShort(0) & 0xFFFF) == 0xFFD8 ? jpeg(head) : null;
        };
    }

    private static ImageSize littleEndian(ByteBuffer head, int width, int height) {
        head.order(ByteOrder.LITTLE_ENDIAN);
        return new ImageSize(head.getShort(width) & 0x3FFF, head.getShort(height) & 0x3FFF);
    }

    /** A JPEG is a sequence of segments; the first start-of-frame segment holds the size. */
    private static ImageSize jpeg(ByteBuffer head) {
        int at = 2;
        while ((head.get(at) & 0xFF) == 0xFF) {
            int marker = head.get(at + 1) & 0xFF;
            if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                return new ImageSize(head.getShort(at + 7) & 0xFFFF, head.getShort(at + 5) & 0xFFFF);
            }
            at += 2 + Math.max(2, head.getShort(at + 2) & 0xFFFF);
        }
        return null;
    }

    private static ImageSize webp(ByteBuffer head) {
        String kind = new String(head.array(), 12, 4, StandardCharsets.US_ASCII);
        head.order(ByteOrder.LITTLE_ENDIAN);
        return switch (kind) {
            case "VP8 " -> littleEndian(head, 26, 28);
            case "VP8L" -> new ImageSize((head.getInt(21) & 0x3FFF) + 1, (head.getInt(21) >>> 14 & 0x3FFF) + 1);
            case "VP8X" -> new ImageSize((head.getInt(24) & 0xFFFFFF) + 1, (head.getInt(27) & 0xFFFFFF) + 1);
            default -> null;
        };
    }
}
