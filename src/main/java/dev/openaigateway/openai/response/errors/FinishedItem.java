package dev.openaigateway.openai.response.errors;

/**
 * A finished item of a response, as far as it tells how the response has ended.
 *
 * @param index  in the output; {@link #NO_INDEX} if it has none
 * @param type   null if it is not known
 * @param status null if it has none
 */
public record FinishedItem(int index, String type, String status) {

    /** The item comes after those before it. */
    public static final int NO_INDEX = -1;

    private static final String INCOMPLETE = "incomplete";

    /** Whether the response may end with the item: it has not failed, and reasoning leads to another item unless it was cut off. */
    boolean isResult() {
        return !"failed".equals(status) && (!"reasoning".equals(type) || isIncomplete());
    }

    boolean isIncomplete() {
        return INCOMPLETE.equals(status);
    }
}
