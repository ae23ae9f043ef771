package dev.openaigateway.openai;

import java.util.HashMap;
import java.util.Map;

/** What was counted of the choices of one attempt. Not thread-safe. */
public final class CountedChoices {

    /** Indexes from this value on are not distinguished, since only a broken upstream sends them. */
    private static final int MOST = 256;

    private final Map<String, CountedText> texts = new HashMap<>();

    CountedText text(int index, String kind) {
        return texts.computeIfAbsent(kind + Math.floorMod(index, MOST), key -> new CountedText());
    }
}
