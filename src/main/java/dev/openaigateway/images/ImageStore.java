package dev.openaigateway.images;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps images in memory for a limited time. Beyond {@code maxBytes} the oldest are dropped first. The id is a secret of 128
 * bits that grants access to the image. Images are lost at a restart. Thread-safe.
 */
public final class ImageStore {

    private record Kept(byte[] image, Instant until) {
    }

    private final long maxBytes;
    private final Duration keepFor;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Kept> images = new LinkedHashMap<>();
    private long bytes;

    /** @param maxBytes maximum size of all images together */
    public ImageStore(long maxBytes, Duration keepFor, InstantSource clock) {
        this.maxBytes = maxBytes;
        this.keepFor = keepFor;
        this.clock = clock;
    }

    /** @return the id of the image; an image larger than {@code maxBytes} is dropped at once */
    public synchronized String keep(byte[] image) {
        String id = newId();
        images.put(id, new Kept(image, clock.instant().plus(keepFor)));
        bytes += image.length;
        dropOld();
        return id;
    }

    /** The image; empty if the id is unknown or the image has expired or was dropped. */
    public synchronized Optional<byte[]> find(String id) {
        dropOld();
        return Optional.ofNullable(images.get(id)).map(Kept::image);
    }

    private void dropOld() {
        Instant now = clock.instant();
        Iterator<Kept> oldest = images.values().iterator();
        while (oldest.hasNext()) {
            Kept kept = oldest.next();
            if (bytes <= maxBytes && now.isBefore(kept.until())) {
                return;
            }
            bytes -= kept.image().length;
            oldest.remove();
        }
    }

    private String newId() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
