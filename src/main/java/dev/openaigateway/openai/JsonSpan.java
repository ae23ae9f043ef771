package dev.openaigateway.openai;

/** A stretch of a body's bytes, from {@code start} up to but not including {@code end}. */
record JsonSpan(int start, int end) {
}
