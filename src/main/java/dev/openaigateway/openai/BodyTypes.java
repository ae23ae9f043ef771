package dev.openaigateway.openai;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The content types that a request may have. */
public final class BodyTypes {

    private static final String FORM = "multipart/form-data";
    private static final String JSON = "application/json";

    private static final List<String> SENT_BY_PAGES = List.of("text/plain", "application/x-www-form-urlencoded", FORM);

    private BodyTypes() {
    }

    /**
     * The error for a body of this type.
     *
     * @param type the {@code Content-Type}; null if there is none, which counts as JSON
     * @return empty if the operation accepts it
     */
    public static Optional<ApiError> problem(Operation operation, String type) {
        return type == null || isForm(operation, type) || is(type, JSON) ? Optional.empty()
                : Optional.of(HttpErrors.unsupportedMediaType(operation.acceptsForm() ? FORM + " or " + JSON : JSON));
    }

    /**
     * The error for a body of a type that a web page may send to any address without asking first, which no operator sends.
     *
     * @param type the {@code Content-Type}; null if there is none
     */
    public static Optional<ApiError> problemOfOperator(String type) {
        String stripped = type == null ? "" : type.strip();
        return SENT_BY_PAGES.stream().anyMatch(sent -> is(stripped, sent)) ? Optional.of(HttpErrors.unsupportedMediaType(JSON + " or text/yaml")) : Optional.empty();
    }

    /** Whether the body is a form, and the operation accepts forms. */
    public static boolean isForm(Operation operation, String type) {
        return operation.acceptsForm() && is(type, FORM);
    }

    private static boolean is(String type, String wanted) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(wanted);
    }
}
