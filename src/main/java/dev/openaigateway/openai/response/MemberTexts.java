package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.ChoicePlace;
import dev.openaigateway.openai.ChoiceTexts;
import dev.openaigateway.openai.CountedMembers;
import dev.openaigateway.openai.response.errors.MemberValue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the members in one place of a choice.
 *
 * @param counted gets the texts; null if they are not counted
 */
record MemberTexts(ChoiceTexts counted, ChoicePlace place) {

    /**
     * Reads the parser's current value to its end.
     *
     * @param mayBeContent whether the member is content if it is filled, although its texts are not counted
     * @return whether it is content
     */
    boolean read(JsonParser parser, String name, JsonToken value, boolean mayBeContent) throws IOException {
        if (!CountedMembers.contain(name)) {
            boolean filled = mayBeContent && MemberValue.isFilled(parser);
            parser.skipChildren();
            return filled;
        }
        if (value == JsonToken.VALUE_STRING) {
            boolean any = parser.getTextLength() > 0;
            if (any && counted != null) {
                counted.add(place, name, new ArrayList<>(List.of(parser.getText())));
            }
            return any;
        }
        List<String> texts = new ArrayList<>();
        boolean any = ValueTexts.read(parser, value, counted == null ? null : texts::add);
        if (!texts.isEmpty()) {
            counted.add(place, name, texts);
        }
        return any;
    }
}
