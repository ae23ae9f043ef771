package dev.openaigateway.openai;

/** A range of a body's bytes, from {@code start} (inclusive) to {@code end} (exclusive). */
record JsonSpan(int start, int end) {
}
