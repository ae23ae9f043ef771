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
public record AskedModel(List<String> names) {

    /** Stands for the name where a message begins with it. */
    private static final String PLACEHOLDER = "model";

    /**
     * @param model      as rules or the client name it; empty for a request about a stored object
     * @param deployment its name at the upstream
     */
    public static AskedModel of(String model, String deployment) {
        return new AskedModel(Stream.of(model, deployment).map(name -> name.strip().toLowerCase(Locale.ROOT)).filter(name -> !name.isEmpty()).distinct().toList());
    }

    /** The message without the name that it begins with, so that what follows tells what it is about. @param message in lower case */
    String replacedIn(String message) {
        for (String name : names) {
            Matcher beginning = Pattern.compile("\\s*[\"'`]?" + Pattern.quote(name) + "[\"'`]?(?![\\w-])").matcher(message);
            if (beginning.lookingAt()) {
                return PLACEHOLDER + message.substring(beginning.end());
            }
        }
        return message;
    }

    /** Whether what a message seems to say may be a quotation of the name. @param phrase in lower case */
    boolean has(String phrase) {
        return names.stream().anyMatch(name -> name.contains(phrase));
    }
}
