package dev.openaigateway.openai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The texts of one choice in an event or a response, of which each is counted once. Not thread-safe. */
public final class ChoiceTexts {

    private final Map<String, Map<ChoicePlace, List<String>>> kinds = new LinkedHashMap<>();

    /** @param texts of one member, in their order */
    public void add(ChoicePlace place, String member, List<String> texts) {
        Map<ChoicePlace, List<String>> places = kinds.computeIfAbsent(CountedMembers.kind(member), kind -> new LinkedHashMap<>(1));
        List<String> before = places.putIfAbsent(place, texts);
        if (before != null && !before.equals(texts)) {
            before.addAll(texts);
        }
    }

    /** @param index of the choice */
    public void count(int index, CompletionCounter counter) {
        kinds.forEach((kind, places) -> {
            CountedText counted = counter.choices().text(index, kind);
            List<String> pieces = places.getOrDefault(ChoicePlace.DELTA, List.of());
            List<String> message = places.getOrDefault(ChoicePlace.MESSAGE, List.of());
            if (pieces.isEmpty() && message.isEmpty()) {
                pieces = beside(places);
            }
            counted.follow(pieces);
            pieces = pieces.isEmpty() ? counted.news(message) : pieces;
            pieces.forEach(counter::add);
            counted.remember(message);
        });
    }

    /** None if another member has it. */
    private List<String> beside(Map<ChoicePlace, List<String>> places) {
        List<String> texts = places.getOrDefault(ChoicePlace.CHOICE, List.of());
        boolean repeated = kinds.values().stream().anyMatch(other -> other != places && other.containsValue(texts));
        return repeated ? List.of() : texts;
    }
}
