package dev.openaigateway.upstream.errors;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The model that the upstream was asked for, under the names that its messages may quote. Clients choose the first.
 *
 * @param names in lower case, none of them empty
 */
public record RequestedModel(List<String> names) {

    /** Stands for the name where a message begins with it. */
    private static final String PLACEHOLDER = "model";
    private static final String AFTER = "(?![\\w-]|\\.\\w)";
    /** In characters. A shorter name may be a word of a sentence by chance. */
    private static final int SHORTEST = 4;

    /**
     * @param model      as rules or the client name it; empty for a request about a stored object
     * @param deployment its name at the upstream
     */
    public static RequestedModel of(String model, String deployment) {
        return new RequestedModel(Stream.of(model, deployment).map(name -> name.strip().toLowerCase(Locale.ROOT)).filter(name -> !name.isEmpty()).distinct().toList());
    }

    /** The message, which is in lower case, with a placeholder for the name at its beginning, so that its next words show its subject. */
    String replacedIn(String message) {
        for (String name : names) {
            Matcher beginning = Pattern.compile("\\s*[\"'`]?" + Pattern.quote(name) + "[\"'`]?(?![\\w-])").matcher(message);
            if (beginning.lookingAt()) {
                return PLACEHOLDER + message.substring(beginning.end());
            }
        }
        return message;
    }

    /** Whether the phrase, which is in lower case, is part of the name, so that a message with the name only quotes it. */
    boolean has(String phrase) {
        return names.stream().anyMatch(name -> name.contains(phrase));
    }

    /** Whether the message, which is in lower case, names the model. A short name is a word like any other, unless it is marked as a name. */
    boolean isNamedIn(String message) {
        return names.stream().map(RequestedModel::mention).anyMatch(mention -> mention.matcher(message).find());
    }

    private static Pattern mention(String name) {
        String quoted = Pattern.quote(name);
        return Pattern.compile(name.length() < SHORTEST ? "([\"'`])" + quoted + "\\1|\\bmodels?:? " + quoted + AFTER : "(?<![\\w.-])" + quoted + AFTER);
    }
}
