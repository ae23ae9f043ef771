package dev.openaigateway.relay.longevent;

import dev.openaigateway.openai.CountedMembers;
import dev.openaigateway.openai.response.ValueTexts;

import java.util.Set;

/** Where in a chat, a response or one of its events the bytes are, and whether a string there is a text. Not thread-safe. */
final class TextPath {

    private static final int OF_ROOT = 1;
    private static final int OF_CHOICE = 3;
    private static final int OF_MESSAGE = 4;
    private static final Set<String> MESSAGES = Set.of("delta", "message");
    /** Of the Responses API. */
    private static final Set<String> OF_RESPONSES = Set.of("delta", "output");

    private String root = "";
    private boolean inMessage;
    /** The depth of the member that is counted; 0 outside. */
    private int countedAt;
    private int memberAt;
    private String member = "";

    void begin(String name, int depth) {
        member = name;
        memberAt = depth;
        root = depth == OF_ROOT ? name : root;
        inMessage = depth == OF_CHOICE ? MESSAGES.contains(name) : inMessage;
        if (countedAt == 0 && (depth == OF_ROOT ? OF_RESPONSES.contains(name) : isOfChoice(depth) && CountedMembers.contain(name))) {
            countedAt = depth;
        }
    }

    private boolean isOfChoice(int depth) {
        return root.equals("choices") && (depth == OF_CHOICE || inMessage && depth == OF_MESSAGE);
    }

    /** A value ends at this depth. */
    void end(int depth) {
        countedAt = depth <= countedAt ? 0 : countedAt;
        memberAt = depth <= memberAt ? 0 : memberAt;
    }

    /** Whether a string at this depth is a value that is counted. */
    boolean isText(int depth) {
        return countedAt > 0 && memberAt == depth && (depth == countedAt || ValueTexts.contain(member));
    }
}
