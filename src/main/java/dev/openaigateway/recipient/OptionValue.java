package dev.openaigateway.recipient;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The value of an option. Camel decodes a value and divides it again at {@code &}, so that an encoded one could add an option, and then
 * decodes it a second time, so that a plus sign would be a blank. It leaves a raw value alone.
 */
record OptionValue(Delimiter delimiter) implements UriPlace {

    private static final String RAW = "RAW(";
    private static final UriPlace ENCODED = UriPlace.of(OptionValue::requireText, ClientText::requireValue, ClientText::encoded);
    private static final UriPlace RAW_OF_RULE = UriPlace.of(OptionValue::requireRaw,
            OptionValue::requireRawOfRule, text -> text);

    @Override
    public String of(List<UriPiece> pieces) {
        if (!UriPlace.isOfRule(pieces) && pieces.get(0).isOfRule() && ClientText.isRaw(pieces.get(0).text())) {
            return RAW_OF_RULE.of(pieces);
        }
        String encoded = ENCODED.of(pieces);
        return ClientText.isSpecial(pieces) ? new RawValue(delimiter, OptionValue::decoded).of(pieces) : encoded;
    }

    private static void requireText(String text) {
        ClientText.requireOption(text);
        ClientText.requireNoDoubleEncoding(text);
    }

    private static void requireRaw(String text) {
        requireText(text);
        ClientText.requireRaw(text);
    }

    private static void requireRawOfRule(String whole) {
        ClientText.requireValue(whole.substring(RAW.length()));
        ClientText.requireNotEvaluated(whole);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
