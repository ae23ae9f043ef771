package dev.openaigateway.openai;

import java.util.Optional;

/**
 * A JSON request body, its bytes as they came, with what routing needs from it.
 *
 * @param model          the {@code model} member, or null
 * @param stream         whether a stream is asked for
 * @param usageRequested whether {@code stream_options.include_usage} is true
 * @param maxTokens      {@code max_completion_tokens}, else {@code max_tokens}; 0 where neither is a positive number
 * @param choices        {@code n}, at least 1
 */
public record JsonBody(
        byte[] bytes,
        String model,
        boolean stream,
        boolean usageRequested,
        long maxTokens,
        long choices,
        Layout layout) implements RequestBody {

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public byte[] forUpstream(String upstreamModel, boolean requestUsage) {
        JsonEdit edit = upstreamModel == null ? edit().withoutModel() : edit().model(upstreamModel);
        return (requestUsage ? edit.requestUsage() : edit).bytes();
    }

    @Override
    public Optional<String> text(String member) {
        return JsonMember.text(bytes, member);
    }

    /** This body to be changed in places; all other bytes stay. */
    public JsonEdit edit() {
        return new JsonEdit(this);
    }

    /**
     * Where in the bytes the members are that a provider may have to rewrite. Absent members are null.
     *
     * @param open          just behind the opening brace
     * @param members       how many members the object has
     * @param model         the whole member, name and value
     * @param modelValue    its value alone
     * @param streamOptions the value of {@code stream_options}
     * @param includeUsage  the value of {@code stream_options.include_usage}
     */
    record Layout(
            int open, int members, JsonSpan model, JsonSpan modelValue, JsonSpan streamOptions, JsonSpan includeUsage) {
    }
}
