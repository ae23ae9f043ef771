package dev.openaigateway.json;

/** A range of a body's bytes, from {@code start} (inclusive) to {@code end} (exclusive). */
public record JsonSpan(int start, int end) {
}
