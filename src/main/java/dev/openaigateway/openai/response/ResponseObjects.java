package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.response.errors.ErrorMember;
import dev.openaigateway.openai.response.errors.FinishedItem;
import dev.openaigateway.openai.response.errors.MemberValue;
import dev.openaigateway.openai.usage.UsageReader;

import java.io.IOException;

/** The objects in an event of the Responses API: a response or one of its items. Not thread-safe. */
final class ResponseObjects {

    private String id;
    private String status;
    private boolean failed;
    private boolean errorInside;
    private Usage usage;
    private String serviceTier;
    private String itemType;
    private String itemStatus;
    private int index = FinishedItem.NO_INDEX;

    /** Reads the parser's current value to its end. */
    void readResponse(JsonParser parser) throws IOException {
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
            switch (name) {
                case "usage" -> usage = UsageReader.read(parser);
                case "service_tier" -> serviceTier = UsageReader.tier(parser);
                case "id" -> id = text ? parser.getText() : id;
                case "status" -> status = text ? parser.getText() : status;
                case StreamEventReader.ERROR -> failed = ErrorMember.read(parser) == ErrorMember.FAILURE;
                default -> errorInside |= ErrorMember.isMentioned(parser);
            }
            parser.skipChildren();
        }
        parser.skipChildren();
    }

    /** Reads the parser's current value to its end. */
    void readItem(JsonParser parser) throws IOException {
        boolean object = parser.currentToken() == JsonToken.START_OBJECT;
        while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals(ErrorMember.NAME)) {
                errorInside |= ErrorMember.read(parser) == ErrorMember.FAILURE;
            } else {
                boolean text = parser.currentToken() == JsonToken.VALUE_STRING;
                itemType = text && name.equals("type") ? parser.getText() : itemType;
                itemStatus = text && name.equals("status") ? parser.getText() : itemStatus;
                errorInside |= ErrorMember.isMentioned(parser);
            }
        }
        parser.skipChildren();
    }

    /** Of the response; null if it has none. */
    String id() {
        return id;
    }

    /** Of the response; null if it has none. */
    String status() {
        return status;
    }

    /** Whether the response has an error. */
    boolean hasFailed() {
        return failed;
    }

    /** Whether an error is anywhere in them. */
    boolean mentionError() {
        return failed || errorInside;
    }

    /** Of the response; null if it has none. */
    Usage usage() {
        return usage;
    }

    /** Of the response; null if it has none. */
    String serviceTier() {
        return serviceTier;
    }

    /** Reads the parser's current value, the index of the item in the output. */
    void readIndex(JsonParser parser) throws IOException {
        index = MemberValue.index(parser);
        parser.skipChildren();
    }

    /** Means something only if the event has a finished item. */
    FinishedItem item() {
        return new FinishedItem(index, itemType, itemStatus);
    }
}
