package dev.openaigateway.support;

/** One header line as received, its name in the sender's case. */
public record Header(String name, String value) {
}
