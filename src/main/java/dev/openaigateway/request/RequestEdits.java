package dev.openaigateway.request;

import dev.openaigateway.openai.Operation;
import dev.openaigateway.text.Excerpt;

import java.math.BigDecimal;
import java.util.Set;

/** The edits of {@code request:} steps. */
final class RequestEdits {

    private static final Set<String> COMPLETION_TOKENS = Set.of("max_tokens", "max_completion_tokens", "max_output_tokens");

    private RequestEdits() {
    }

    static RequestEdit set(String member, ValueSource value) {
        JsonPath path = JsonPath.of(member);
        return (json, operation, exchange) -> {
            String text = value.json(exchange);
            return path.change(json, before -> text, text);
        };
    }

    static RequestEdit remove(String member) {
        JsonPath path = JsonPath.of(member);
        return (json, operation, exchange) -> path.remove(json);
    }

    /**
     * Lowers a number that is above the cap, replaces a value that is no number, and adds the number if it is absent. The maximum
     * of completion tokens has another name for each operation and model, so a cap by one of the names holds for all.
     */
    static RequestEdit cap(String member, ValueSource cap) {
        if (COMPLETION_TOKENS.contains(member)) {
            return (json, operation, exchange) -> capTokens(json, operation, member, number(member, cap.text(exchange)));
        }
        JsonPath path = JsonPath.of(member);
        return (json, operation, exchange) -> {
            BigDecimal most = number(member, cap.text(exchange));
            return path.change(json, before -> lower(before, most, null), most.toPlainString());
        };
    }

    private static byte[] capTokens(byte[] json, Operation operation, String member, BigDecimal most) {
        return switch (operation) {
            case RESPONSES -> capTokens(json, JsonPath.of("max_output_tokens"), most, true);
            case COMPLETIONS -> capTokens(json, JsonPath.of("max_tokens"), most, true);
            case CHAT_COMPLETIONS -> {
                JsonPath newer = JsonPath.of("max_completion_tokens");
                JsonPath older = JsonPath.of("max_tokens");
                boolean none = newer.value(json) == null && older.value(json) == null;
                boolean addNewer = none && !member.equals("max_tokens");
                yield capTokens(capTokens(json, newer, most, addNewer), older, most, none && !addNewer);
            }
            default -> json;
        };
    }

    /** A number below 1 is no limit to some upstreams. */
    private static byte[] capTokens(byte[] json, JsonPath path, BigDecimal most, boolean add) {
        return path.change(json, before -> lower(before, most, BigDecimal.ONE), add ? most.toPlainString() : null);
    }

    private static String lower(String before, BigDecimal most, BigDecimal least) {
        boolean isWithin = BoundedNumber.of(before).filter(value -> value.compareTo(most) <= 0 && (least == null || value.compareTo(least) >= 0)).isPresent();
        return isWithin ? before : most.toPlainString();
    }

    private static BigDecimal number(String member, String text) {
        return BoundedNumber.of(text.strip())
                .orElseThrow(() -> new IllegalArgumentException("The cap of '" + member + "' must be a number, not '" + Excerpt.printable(text) + "'."));
    }

    /** Puts a system message before the messages of a chat, and a text before the instructions of a response. */
    static RequestEdit system(ValueSource text) {
        JsonPath messages = JsonPath.of("messages");
        JsonPath instructions = JsonPath.of("instructions");
        return (json, operation, exchange) -> {
            String message = text.text(exchange);
            return switch (operation) {
                case CHAT_COMPLETIONS -> messages.change(json, before -> withFirst(before, message), null);
                case RESPONSES, RESPONSE_INPUT_TOKENS, RESPONSE_COMPACTION -> instructions.change(json,
                        before -> joined(message, before), JsonPath.quoted(message));
                default -> json;
            };
        };
    }

    private static String withFirst(String messages, String text) {
        if (!messages.startsWith("[")) {
            return messages;
        }
        boolean empty = messages.substring(1).stripLeading().startsWith("]");
        return "[{\"role\":\"system\",\"content\":" + JsonPath.quoted(text) + "}" + (empty ? "" : ",") + messages.substring(1);
    }

    private static String joined(String text, String instructions) {
        String quoted = JsonPath.quoted(text);
        return instructions.startsWith("\"") && instructions.length() > 2
                ? quoted.substring(0, quoted.length() - 1) + "\\n\\n" + instructions.substring(1) : quoted;
    }
}
