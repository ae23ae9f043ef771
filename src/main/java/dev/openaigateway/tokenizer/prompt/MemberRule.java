package dev.openaigateway.tokenizer.prompt;

/**
 * How the model reads a member of a message, an item or a part, by its name. A member that is not known may be a prompt, so it counts:
 * a limit of tokens must not depend on whether the gateway knows all members of all upstreams.
 */
enum MemberRule {

    /** A text, or parts with texts at any depth. */
    TEXT,
    /** An object that the model reads as it is, with its names. */
    JSON,
    /** Tools or calls of tools: as {@link #JSON}, but with files. */
    TOOLS,
    /** A file or a sound in base64; it counts if it is a text, or an image. */
    FILE,
    /** An image in base64, or else a text. */
    IMAGE,
    /** An address, which counts only if it holds a text itself. */
    URL,
    /** No prompt: what upstreams sign, encrypt or compute. */
    OPAQUE,
    /** No prompt: what identifies or describes something in a few words. In an object that is not known it may be a long text. */
    LABEL,
    /** No prompt: what was found with a text, or is said of it. */
    NONE;

    static MemberRule of(String name) {
        return switch (name) {
            case "text", "content" -> TEXT;
            case "type", "id", "role", "status", "object", "model", "index", "detail", "phase", "execution", "version", "created", "format",
                 "media_type", "mime_type", "output_format", "background", "quality", "size", "metadata", "user", "safety_identifier" -> LABEL;
            case "annotations", "citations", "logprobs", "cache_control" -> NONE;
            case "tools", "tool_calls" -> TOOLS;
            case "function_call", "arguments", "input", "action", "operation", "functions", "parameters", "schema", "input_schema",
                 "json_schema" -> JSON;
            case "data", "file_data", "b64_json", "bytes", "blob", "image", "images", "audio", "audios", "video", "videos" -> FILE;
            case "result" -> IMAGE;
            case "url" -> URL;
            case "signature", "thoughtSignature", "thoughtSignatures" -> OPAQUE;
            default -> byAffix(name);
        };
    }

    private static MemberRule byAffix(String name) {
        if (name.endsWith("_id") || name.endsWith("_ids") || name.endsWith("_at") || name.startsWith("prompt_cache")) {
            return LABEL;
        }
        if (name.endsWith("_signature") || name.endsWith("_signatures") || name.endsWith("_embeds") || name.startsWith("encrypted_")) {
            return OPAQUE;
        }
        return name.endsWith("_url") ? URL : name.endsWith("base64") || name.endsWith("b64") || name.endsWith("_pil") ? FILE : TEXT;
    }
}
