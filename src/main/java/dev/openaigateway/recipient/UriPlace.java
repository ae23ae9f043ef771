package dev.openaigateway.recipient;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One segment of a path, one name or one value in a URI. It is read as a whole, since texts that stand side by side may mean more than each alone. */
@FunctionalInterface
interface UriPlace {

    /**
     * The pieces as they stand in the URI.
     *
     * @throws dev.openaigateway.openai.ApiException {@code rule_error} if Camel would not take a text for text even if it is encoded
     */
    String of(List<UriPiece> pieces);

    /**
     * A place whose texts stand beside each other.
     *
     * @param each    checks a text
     * @param whole   checks the whole, the pieces of the rule included
     * @param encoded a text as it stands in the URI
     */
    static UriPlace of(Consumer<String> each, Consumer<String> whole, UnaryOperator<String> encoded) {
        return pieces -> {
            if (isOfRule(pieces)) {
                return joined(pieces);
            }
            pieces.stream().filter(piece -> !piece.isOfRule()).map(UriPiece::text).forEach(each);
            whole.accept(joined(pieces));
            return pieces.stream().map(piece -> piece.isOfRule() ? piece.text() : encoded.apply(piece.text())).collect(Collectors.joining());
        };
    }

    static boolean isOfRule(List<UriPiece> pieces) {
        return pieces.stream().allMatch(UriPiece::isOfRule);
    }

    static String joined(List<UriPiece> pieces) {
        return pieces.stream().map(UriPiece::text).collect(Collectors.joining());
    }
}
