package dev.openaigateway.recipient;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A value that Camel takes as it stands in the URI, without decoding it once or twice.
 *
 * @param decoded a piece of the rule as Camel would read it
 */
record RawValue(Delimiter delimiter, UnaryOperator<String> decoded) implements UriPlace {

    private static final List<String> BRACKETS = List.of("()", "{}");

    @Override
    public String of(List<UriPiece> pieces) {
        UriPiece last = pieces.get(pieces.size() - 1);
        String end = !last.isOfRule() ? "" : last.text().endsWith("&") ? "&" : delimiter.isAtEndOf(last.text()) ? delimiter.text() : "";
        String text = pieces.stream().map(piece -> piece.isOfRule() ? decoded.apply(piece.text()) : piece.text()).collect(Collectors.joining());
        String value = text.substring(0, text.length() - end.length());
        ClientText.requireNotEvaluated(value);
        for (String bracket : brackets(value)) {
            String raw = "RAW" + bracket.charAt(0) + value + bracket.charAt(1);
            if (value.indexOf(bracket.charAt(1)) < 0 && !raw.contains("{{")) {
                ClientText.requireNoDelimiter(delimiter, value);
                return raw + end;
            }
        }
        throw ClientText.refused("a ) or } together with one of the characters + & # % from the request, which Camel cannot quote");
    }

    /** Camel separates a list with parentheses in another way. */
    private List<String> brackets(String value) {
        return delimiter.isNone() ? BRACKETS : value.indexOf('(') < 0 && value.indexOf(')') < 0 ? BRACKETS.subList(1, 2) : List.of();
    }
}
