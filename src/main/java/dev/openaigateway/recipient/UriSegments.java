package dev.openaigateway.recipient;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Divides a URI of literals and functions at what the rule itself has written: the ends of the component, of segments, of names and of values. */
final class UriSegments {

    private final CamelContext context;
    private final Delimiter delimiter;
    private final List<Function<Exchange, String>> segments = new ArrayList<>();
    /** What stands before the end, without the results of functions. */
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder literal = new StringBuilder();
    private List<Function<Exchange, UriPiece>> pieces = new ArrayList<>();
    private UriPosition position;

    UriSegments(CamelContext context, Delimiter delimiter) {
        this.context = context;
        this.delimiter = delimiter;
        this.position = new UriPosition(context, "", delimiter);
    }

    /** Where the next piece stands. */
    UriPosition position() {
        return position;
    }

    void add(String text) {
        for (char each : text.toCharArray()) {
            before.append(each);
            literal.append(each);
            if (position.isEndedBy(each) || delimiter.isAtEndOf(before)) {
                end();
            }
        }
    }

    void add(Function<Exchange, String> function) {
        endLiteral();
        pieces.add(exchange -> new UriPiece(function.apply(exchange), false));
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            UriPiece piece = new UriPiece(literal.toString(), true);
            pieces.add(exchange -> piece);
            literal.setLength(0);
        }
    }

    private void end() {
        endLiteral();
        List<Function<Exchange, UriPiece>> all = pieces;
        UriPlace place = position.place();
        segments.add(exchange -> place.of(all.stream().map(piece -> piece.apply(exchange)).toList()));
        pieces = new ArrayList<>();
        position = new UriPosition(context, before.toString(), delimiter);
    }

    List<Function<Exchange, String>> all() {
        end();
        return segments;
    }
}
