package dev.openaigateway.tokenizer.prompt;

/**
 * The tokens that a chat format adds to the texts. {@code DOCUMENTED} is OpenAI's documented framing, exact for gpt-4o;
 * {@code GPT_5} was derived from recorded gpt-5 calls.
 *
 * @param message   tokens per message
 * @param assistant additional tokens per assistant message
 * @param name      tokens per author name
 * @param reply     tokens that prime the reply, once per request
 */
record ChatFraming(int message, int assistant, int name, int reply) {

    /** Tokens added to those of the tools' JSON; recorded calls showed 69 and 73. */
    static final int TOOLS = 70;

    private static final ChatFraming DOCUMENTED = new ChatFraming(3, 0, 1, 3);
    private static final ChatFraming GPT_5 = new ChatFraming(3, 2, 1, 2);

    static ChatFraming ofModel(String model) {
        return model.substring(model.lastIndexOf('/') + 1).startsWith("gpt-5") ? GPT_5 : DOCUMENTED;
    }
}
