package dev.openaigateway.affinity;

import dev.openaigateway.openai.body.PassedRequest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds which ids a request names, in its path or anywhere in its body. Looks at each byte once for all ids, and copies nothing: a body may
 * have as many MB as the settings allow, and a response may show many objects.
 */
final class NamedIds {

    private final Map<String, List<SoughtId>> byWord = new HashMap<>();
    private final BitSet lengths = new BitSet();
    private final Set<String> found = new HashSet<>();

    private NamedIds(Collection<String> ids) {
        ids.forEach(this::seek);
    }

    /** Those of the ids that the request names, not as a part of a longer word. An id without a letter or digit is always among them. */
    static Set<String> in(PassedRequest request, Collection<String> ids) {
        NamedIds named = new NamedIds(ids);
        if (!named.lengths.isEmpty()) {
            named.read(request.path().getBytes(StandardCharsets.UTF_8));
            named.read(request.bytes());
        }
        return named.found;
    }

    private void seek(String id) {
        SoughtId sought = SoughtId.of(id);
        if (sought.wordLength() == 0) {
            found.add(id);
        } else {
            lengths.set(sought.wordLength());
            byWord.computeIfAbsent(text(sought.bytes(), sought.word(), sought.wordLength()), each -> new ArrayList<>(1)).add(sought);
        }
    }

    private void read(byte[] text) {
        for (int start = 0, i = 0; i <= text.length; i++) {
            if (i == text.length || !SoughtId.isInWord(text[i])) {
                if (lengths.get(i - start)) {
                    look(text, start, i - start);
                }
                start = i + 1;
            }
        }
    }

    private void look(byte[] text, int start, int length) {
        for (SoughtId each : byWord.getOrDefault(text(text, start, length), List.of())) {
            if (each.isIn(text, start)) {
                found.add(each.id());
            }
        }
    }

    private static String text(byte[] bytes, int start, int length) {
        return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }
}
