package dev.openaigateway.text;

import java.nio.charset.StandardCharsets;

/** Bytes as the characters of ISO 8859-1, without a copy. */
record Latin1(byte[] bytes) implements CharSequence {

    @Override
    public int length() {
        return bytes.length;
    }

    @Override
    public char charAt(int index) {
        return (char) (bytes[index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
