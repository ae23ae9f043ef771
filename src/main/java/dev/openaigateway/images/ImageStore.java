package dev.openaigateway.images;

import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.call.memory.MemoryLease;
import org.apache.camel.CamelContext;
import org.apache.camel.Service;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps images in memory for a limited time. They take up to a quarter of the memory budget, but no more than 128 MB; beyond that the oldest
 * are dropped first. The id is a secret of 128 bits that grants access to the image. Images are lost at a restart. Thread-safe.
 */
public final class ImageStore {

    private record Kept(byte[] image, Instant until) {

        long held() {
            return MemoryBudget.ofArray(image.length);
        }
    }

    private static final long LARGEST = 128 * 1024 * 1024;
    /** The rest is for requests. */
    private static final int DIVISOR_OF_BUDGET = 4;

    private final MemoryBudget budget;
    private final MemoryLease lease;
    private final Duration keepFor;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Kept> images = new LinkedHashMap<>();
    /** Of kept images, and of reservations. */
    private long held;

    /** @param budget counts the images from their reservation on */
    public ImageStore(MemoryBudget budget, Duration keepFor, InstantSource clock) {
        this.budget = budget;
        this.lease = budget.lease();
        this.keepFor = keepFor;
        this.clock = clock;
    }

    /** Whether images that take that much heap, as {@link MemoryBudget#ofArray} counts it, fit when no others are kept. */
    boolean isLargeEnoughFor(long bytes) {
        return bytes <= largest();
    }

    /** The bytes that all images together may take. */
    long largest() {
        return Math.min(LARGEST, budget.limit() / DIVISOR_OF_BUDGET);
    }

    /**
     * Reserves heap for images, and drops the oldest images for it. {@link #keep} ends the reservation.
     *
     * @param bytes as {@link MemoryBudget#ofArray} counts them, for each image
     * @return false if they do not fit; nothing is reserved then
     */
    synchronized boolean reserve(long bytes) {
        if (!isLargeEnoughFor(bytes)) {
            return false;
        }
        dropOld(bytes);
        boolean fits = isLargeEnoughFor(held + bytes) && lease.grow(bytes);
        held += fits ? bytes : 0;
        return fits;
    }

    /**
     * Ends a reservation, and keeps images in its place.
     *
     * @param bytes that were reserved; at least what the images take
     * @return the ids of the images
     */
    synchronized List<String> keep(List<byte[]> decoded, long bytes) {
        List<String> ids = new ArrayList<>(decoded.size());
        long unused = bytes;
        for (byte[] each : decoded) {
            Kept kept = new Kept(each, clock.instant().plus(keepFor));
            unused -= kept.held();
            ids.add(newId());
            images.put(ids.get(ids.size() - 1), kept);
        }
        release(unused);
        return ids;
    }

    private void release(long bytes) {
        held -= bytes;
        lease.shrink(bytes);
    }

    /** The image; empty if the id is unknown or the image has expired or was dropped. */
    public synchronized Optional<byte[]> find(String id) {
        dropOld(0);
        return Optional.ofNullable(images.get(id)).map(Kept::image);
    }

    synchronized void dropExpired() {
        dropOld(0);
    }

    /** The service that drops expired images while the context runs. */
    public Service expiry(CamelContext context) {
        return new ImageExpiry(context, this);
    }

    private void dropOld(long needed) {
        Instant now = clock.instant();
        Iterator<Kept> oldest = images.values().iterator();
        while (oldest.hasNext()) {
            Kept kept = oldest.next();
            if (isLargeEnoughFor(held + needed) && now.isBefore(kept.until())) {
                return;
            }
            release(kept.held());
            oldest.remove();
        }
    }

    private String newId() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
