package dev.openaigateway.recipient;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.EndpointUriFactory;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A value in the query of an HTTP service. Camel's optimised sends encode it themselves without decoding it first, others decode it and
 * divide it again at {@code &}; both leave a raw value alone until they encode it for the service.
 */
record HttpQuery(Delimiter delimiter) implements UriPlace {

    /** Camel trims a URI. */
    private static final Pattern TRIMMED = Pattern.compile("[\\x{0}-\\x{20}]$");

    /** Whether the parameter is an option of Camel's component, which the service does not get. */
    static boolean isOption(CamelContext context, String name) {
        EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory("http");
        Set<String> names = factory == null ? Set.of() : factory.propertyNames();
        return names.contains(name) || name.startsWith("httpClient.");
    }

    @Override
    public String of(List<UriPiece> pieces) {
        if (UriPlace.isOfRule(pieces)) {
            return UriPlace.joined(pieces);
        }
        pieces.stream().filter(piece -> !piece.isOfRule()).forEach(piece -> ClientText.requireNoDoubleEncoding(piece.text()));
        String whole = UriPlace.joined(pieces);
        ClientText.requireNoPlaceholder(whole);
        boolean isPlain = !ClientText.isSpecial(pieces) && !TRIMMED.matcher(whole).find();
        boolean isRawOfRule = ClientText.isRaw(pieces.get(0).text()) && pieces.get(0).isOfRule();
        if (isRawOfRule) {
            pieces.stream().filter(piece -> !piece.isOfRule()).forEach(piece -> ClientText.requireRaw(piece.text()));
            ClientText.requireNotEvaluated(whole);
            return whole;
        }
        return isPlain && !ClientText.isRawDecoded(whole) ? plain(pieces) : raw(pieces, whole);
    }

    private String raw(List<UriPiece> pieces, String whole) {
        if (!delimiter.isOptimised()) {
            ClientText.requireUrl(whole);
            ClientText.requireNoRawBraces(whole);
        }
        return new RawValue(delimiter, this::decoded).of(pieces);
    }

    private String plain(List<UriPiece> pieces) {
        return pieces.stream().map(piece -> piece.isOfRule() || delimiter.isOptimised() ? piece.text() : ClientText.encoded(piece.text()))
                .collect(Collectors.joining());
    }

    /** As Camel reads what the rule has written. */
    private String decoded(String text) {
        return delimiter.isOptimised() ? text.replace('+', ' ') : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
