package dev.openaigateway.support;

/** One header line as it was on the wire, its name in the sender's own case. */
public record Header(String name, String value) {
}
