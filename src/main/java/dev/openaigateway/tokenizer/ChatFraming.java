package dev.openaigateway.tokenizer;

/**
 * The tokens a chat format adds around the texts. The first is the documented one and exact for gpt-4o; the second fits
 * what was recorded of gpt-5.
 *
 * @param message   for each message
 * @param assistant more for each message of the assistant
 * @param name      for each name of an author
 * @param respond    once, for the beginning of the answer
 */
record ChatFraming(int message, int assistant, int name, int respond) {

    /** Around the tokens of the JSON in which tools are described; recorded were 69 and 73. */
    static final int TOOLS = 70;

    private static final ChatFraming DOCUMENTED = new ChatFraming(3, 0, 1, 3);
    private static final ChatFraming GPT_5 = new ChatFraming(3, 2, 1, 2);

    static ChatFraming ofModel(String model) {
        return model.substring(model.lastIndexOf('/') + 1).startsWith("gpt-5") ? GPT_5 : DOCUMENTED;
    }
}
