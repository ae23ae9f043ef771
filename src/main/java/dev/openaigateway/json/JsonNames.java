package dev.openaigateway.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/** Names of members that a {@link JsonScan} looks for at any depth. Immutable. */
public final class JsonNames {

    private final byte[][] names;
    /** A bit for each length, since most members have another one (benchmark row "texts on one core"). */
    private final long lengths;

    /** @param names in ASCII, shorter than 64 characters */
    public JsonNames(Collection<String> names) {
        this.names = names.stream().map(name -> name.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
        this.lengths = Arrays.stream(this.names).mapToLong(name -> 1L << name.length).reduce(0, (a, b) -> a | b);
    }

    /** Whether the bytes of a range are one of the names. */
    boolean contains(byte[] text, int from, int to) {
        if (to - from >= Long.SIZE || (lengths >> to - from & 1) == 0) {
            return false;
        }
        for (byte[] name : names) {
            if (Arrays.equals(name, 0, name.length, text, from, to)) {
                return true;
            }
        }
        return false;
    }
}
