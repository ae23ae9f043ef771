package dev.openaigateway.openai.body;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a header field with parameters, such as {@code Content-Type}, read as RFC 9110 says.
 *
 * @param value      in lower case
 * @param parameters by name in lower case, in their order
 */
record HeaderValue(String value, Map<String, String> parameters) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern VALUE = Pattern.compile("[ \t]*(" + TOKEN + "(?:/" + TOKEN + ")?)[ \t]*");
    private static final Pattern PARAMETER = Pattern.compile(";[ \t]*(?:(" + TOKEN + ")=(?:(" + TOKEN + ")|\"((?:[^\"\\\\\\x00-\\x08\\x0a-\\x1f\\x7f]|\\\\[^\\x00-\\x1f])*+)\"))?[ \t]*");

    /** Empty if the text is not of this form, or repeats a parameter, of which readers take different ones. */
    static Optional<HeaderValue> of(String text) {
        Matcher value = VALUE.matcher(text);
        if (!value.lookingAt()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        int at = value.end();
        while (at < text.length()) {
            if (!parameter.region(at, text.length()).lookingAt()) {
                return Optional.empty();
            }
            String name = parameter.group(1);
            if (name != null && parameters.put(name.toLowerCase(Locale.ROOT), content(parameter)) != null) {
                return Optional.empty();
            }
            at = parameter.end();
        }
        return Optional.of(new HeaderValue(value.group(1).toLowerCase(Locale.ROOT), parameters));
    }

    private static String content(Matcher parameter) {
        return parameter.group(2) == null ? parameter.group(3).replaceAll("\\\\(.)", "$1") : parameter.group(2);
    }

    /** The value in the form in which all readers agree. */
    String text() {
        StringBuilder text = new StringBuilder(value);
        parameters.forEach((name, content) -> text.append("; ").append(name).append('=')
                .append(content.matches(TOKEN) ? content : '"' + content.replaceAll("([\"\\\\])", "\\\\$1") + '"'));
        return text.toString();
    }
}
