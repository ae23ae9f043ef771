package dev.openaigateway.dashboard;

import dev.openaigateway.admin.AdminRequest;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.problem.DidYouMean;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** A query parameter with one or several of some words, separated by commas. */
final class WordList {

    private WordList() {
    }

    /** Empty if the parameter is not given; 400 if it has another word. */
    static Set<String> of(AdminRequest request, String name, Collection<String> words) {
        Set<String> chosen = new LinkedHashSet<>();
        request.parameter(name).ifPresent(text -> Arrays.stream(text.split(",")).map(String::strip).filter(word -> !word.isEmpty()).forEach(chosen::add));
        chosen.stream().filter(word -> !words.contains(word)).findFirst().ifPresent(wrong -> {
            String hint = DidYouMean.question(wrong, words);
            throw Errors.invalid(name, "invalid_value", name + " must be one or several of " + String.join(", ", new TreeSet<>(words)) + "." + hint).exception();
        });
        return chosen;
    }
}
