package dev.openaigateway.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The SHA-256 of a key, stored instead of the key. Compared in constant time. Immutable. */
public final class KeyDigest {

    private static final String PREFIX = "sha256:";
    private static final Pattern WRITTEN = Pattern.compile(PREFIX + "[0-9a-fA-F]{64}");
    private static final int ID_BYTES = 6;

    private final byte[] bytes;

    private KeyDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The digest of a key without surrounding blanks. */
    public static KeyDigest of(String key) {
        return new KeyDigest(Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether the text has the form {@code sha256:} and 64 hexadecimal digits. */
    public static boolean isWritten(String text) {
        return WRITTEN.matcher(text).matches();
    }

    /**
     * Reads a digest as settings write it.
     *
     * @throws IllegalArgumentException unless {@link #isWritten}
     */
    public static KeyDigest parse(String text) {
        if (!isWritten(text)) {
            throw new IllegalArgumentException("not a SHA-256");
        }
        return new KeyDigest(HexFormat.of().parseHex(text.substring(PREFIX.length()).toLowerCase(Locale.ROOT)));
    }

    /** The whole digest, as settings hold it: {@code sha256:} and 64 hexadecimal digits. */
    public String written() {
        return PREFIX + HexFormat.of().formatHex(bytes);
    }

    /** The first twelve hexadecimal digits, by which operators distinguish the keys of a client. */
    public String id() {
        return HexFormat.of().formatHex(bytes, 0, ID_BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyDigest digest && MessageDigest.isEqual(bytes, digest.bytes);
    }

    /** Four bytes of the digest: they reveal nothing about the key that the digest itself does not. */
    @Override
    public int hashCode() {
        return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    @Override
    public String toString() {
        return "****";
    }
}
