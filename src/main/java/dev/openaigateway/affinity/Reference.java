package dev.openaigateway.affinity;

import dev.openaigateway.openai.ObjectKind;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A reference to a stored object, or to a text that an upstream has encrypted.
 *
 * @param id        of the object, or the encrypted text
 * @param isFetched whether the upstream adds content that the client has not sent itself
 */
record Reference(ObjectKind kind, String id, boolean isFetched) {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(365);
    /** What the ids of threads begin with. */
    private static final String THREAD = "thread_";

    /** The keys of their owners, with the time for which each is remembered. */
    static Map<Digest, Duration> keys(Collection<Reference> references) {
        Map<Digest, Duration> keys = new HashMap<>();
        references.forEach(reference -> keys.put(reference.digest(), reference.lifetime()));
        return keys;
    }

    Digest digest() {
        return Digest.of(kind.name(), id);
    }

    /** Whether only the owner can serve the request. What is encrypted, others may be able to read. */
    boolean pins() {
        return kind == ObjectKind.RESPONSE || kind == ObjectKind.CONVERSATION;
    }

    /** Whether only requests of clients make such objects, which hold what was said. Others may have been made by hand, for all clients. */
    boolean isOfOneClient() {
        return kind == ObjectKind.RESPONSE || kind == ObjectKind.CONVERSATION || kind == ObjectKind.COMPLETION || isThread();
    }

    private boolean isThread() {
        return kind == ObjectKind.OTHER && id.startsWith(THREAD);
    }

    /**
     * Whether the instance that responds is taken for the owner if there was none. In a path of no known kind, such as
     * {@code fine_tuning/jobs/ID}, a part without a letter or without a digit can be a word or a number that other objects have too.
     */
    boolean isLearntByUse() {
        return kind != ObjectKind.OTHER || isThread() || id.chars().anyMatch(Character::isDigit) && id.chars().anyMatch(Character::isLetter);
    }

    /** How long the owner is remembered. Responses are kept by OpenAI for 30 days, files until they are deleted. */
    Duration lifetime() {
        return switch (kind) {
            case RESPONSE, CONVERSATION, COMPLETION, PROMPT -> MONTH;
            case ITEM, CIPHERTEXT, AUDIO -> DAY;
            case FILE, UPLOAD, BATCH, VECTOR_STORE, CONTAINER, MODEL, OTHER -> YEAR;
        };
    }

    boolean isRenewedByUse() {
        return lifetime().equals(DAY);
    }
}
