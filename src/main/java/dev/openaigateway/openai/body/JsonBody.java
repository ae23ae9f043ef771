package dev.openaigateway.openai.body;

import dev.openaigateway.json.JsonMember;
import dev.openaigateway.json.JsonSpan;
import dev.openaigateway.openai.ObjectKind;

import java.util.Map;
import java.util.Optional;

/**
 * A JSON request body: its original bytes and the fields that routing needs.
 *
 * @param model          the {@code model} member, or null
 * @param stream         whether a stream is requested, by {@code stream}, or by {@code stream_format} for speech
 * @param usageRequested whether {@code stream_options.include_usage} is true
 * @param maxTokens      {@code max_completion_tokens}, else {@code max_tokens}; 0 if neither is a positive number
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
        JsonEdit edit = upstreamModel == null || upstreamModel.isEmpty() ? edit().withoutModel() : edit().model(upstreamModel);
        return (requestUsage ? edit.requestUsage() : edit).bytes();
    }

    @Override
    public Optional<String> text(String member) {
        return JsonMember.text(bytes, member);
    }

    /** Whether the body has a member that may name the end user or the session. */
    public boolean identifies() {
        return !layout.identities().isEmpty();
    }

    /** The text of a member that may name the end user or the session; null if it is absent or not text. */
    public String identity(String member) {
        JsonSpan value = layout.identities().get(member);
        return value == null ? null : JsonMember.text(bytes, value);
    }

    /** As {@link #identity(String)}, for a member within it. */
    public String identity(String member, String inner) {
        JsonSpan value = layout.identities().get(member);
        return value == null ? null : JsonMember.text(bytes, value, inner);
    }

    /** Whether the body asks the upstream to keep the response. */
    public boolean stores() {
        return layout.stores();
    }

    /** Whether the body asks the upstream to generate the response also without a client that waits for it. */
    public boolean inBackground() {
        return layout.background();
    }

    /** Whether the body has an object {@code audio}, as one has that asks for a spoken response or continues one. */
    public boolean speaks() {
        return layout.speaks();
    }

    /** Whether a member, at any depth, may name a file or another object: {@link ObjectKind#ofMember}. */
    public boolean refers() {
        return layout.refers();
    }

    /** Starts an edit of this body, which itself does not change. */
    public JsonEdit edit() {
        return new JsonEdit(this);
    }

    /**
     * The positions of the members that a provider may have to rewrite. Absent members are null.
     *
     * @param open          index after the opening brace
     * @param members       number of members of the object
     * @param model         the {@code model} member, name and value
     * @param modelValue    the value of {@code model}
     * @param streamOptions the value of {@code stream_options}
     * @param includeUsage  the value of {@code stream_options.include_usage}
     * @param identities    the values of the members that may name the end user or the session
     * @param stores        whether {@code store} is true
     * @param background    whether {@code background} is true
     * @param speaks        whether {@code audio} is an object
     * @param refers        whether a member, at any depth, may name a file or another object
     */
    record Layout(
            int open, int members, JsonSpan model, JsonSpan modelValue, JsonSpan streamOptions, JsonSpan includeUsage, Map<String, JsonSpan> identities,
            boolean stores, boolean background, boolean speaks, boolean refers) {
    }
}
