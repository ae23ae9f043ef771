package dev.openaigateway.config;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Creates SHA-256 digests. Looking the algorithm up takes longer than to digest a key, so it is done once. Thread-safe. */
public final class Sha256 {

    /** A template: it is cloned for each digest, and never updated. */
    private static final MessageDigest EMPTY = find();

    private Sha256() {
    }

    /** A new digest, without content. */
    public static MessageDigest digest() {
        try {
            return (MessageDigest) EMPTY.clone();
        } catch (CloneNotSupportedException ofAnotherSecurityProvider) {
            return find();
        }
    }

    private static MessageDigest find() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
