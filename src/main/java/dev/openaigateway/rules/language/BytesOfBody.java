package dev.openaigateway.rules.language;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds expressions that ask the body for what a text has, while it is held as bytes: Camel fails then, and Groovy finds nothing. */
public final class BytesOfBody {

    private static final Pattern SIMPLE = Pattern.compile("\\$\\{(?:in\\.)?body\\??\\.(?!(?:getClass|hashCode|toString)\\()(\\w+\\([^{}]*)}");

    private BytesOfBody() {
    }

    /** The end of a sentence; empty if the expression takes the body as it is, or as a text. */
    public static Optional<String> wronglyAsked(String language, String text) {
        if (language.equals("simple")) {
            Matcher asked = SIMPLE.matcher(text);
            return asked.find() ? Optional.of("which fails: before an instance the body is bytes; write ${bodyAs(String)." + asked.group(1) + "}") : Optional.empty();
        }
        return language.equals("groovy") ? GroovyBytes.wrong(text) : Optional.empty();
    }
}
