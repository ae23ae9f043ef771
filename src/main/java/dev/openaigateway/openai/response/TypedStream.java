package dev.openaigateway.openai.response;

import java.util.List;

/** The kinds of stream whose events have a type, and the types that end them. */
public enum TypedStream {

    RESPONSE("response.", false, LastEventName.COMPLETED, StreamEvent.INCOMPLETE, StreamEvent.RESPONSE_FAILED,
            LastEventName.DONE, LastEventName.CANCELLED),
    TRANSCRIPT("transcript.", false, "transcript.text.done"),
    SPEECH("speech.audio.", false, "speech.audio.done"),
    IMAGE("image_generation.", true, "image_generation.completed"),
    IMAGE_EDIT("image_edit.", true, "image_edit.completed");

    private static final TypedStream[] ALL = values();

    private final String prefix;
    private final boolean repeats;
    private final List<String> ends;

    /** @param repeats whether a stream has one end for each result, of which there may be several */
    TypedStream(String prefix, boolean repeats, String... ends) {
        this.prefix = prefix;
        this.repeats = repeats;
        this.ends = List.of(ends);
    }

    /** Null if the type is null or of no such stream. */
    public static TypedStream of(String type) {
        for (TypedStream stream : ALL) {
            if (type != null && type.startsWith(stream.prefix)) {
                return stream;
            }
        }
        return null;
    }

    /** Whether events of this type are the last of a result. */
    public boolean isEnd(String type) {
        return ends.contains(type);
    }

    boolean repeats() {
        return repeats;
    }

    List<String> ends() {
        return ends;
    }
}
