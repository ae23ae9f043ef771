package dev.openaigateway.openai.response.errors;

/**
 * How a response has ended that has no last event, by its finished items. They may finish in another order than that of the output, so their
 * indexes decide which of them is the last. Not thread-safe.
 */
public final class FinishedItems {

    private int count;
    private int last;
    private boolean hasResult;
    private boolean incomplete;

    /** Adds an item, and returns its index in the output. */
    public int add(FinishedItem item) {
        int index = item.index() < 0 ? count : item.index();
        if (count == 0 || index >= last) {
            last = index;
            hasResult = item.isResult();
        }
        count++;
        incomplete |= item.isIncomplete();
        return index;
    }

    /** Whether nothing is missing behind the items: the last one of the output is a result that has not failed. */
    public boolean areWhole() {
        return hasResult;
    }

    /** The status of the response: it is incomplete if one of its items was cut off. */
    public String status() {
        return incomplete ? "incomplete" : "completed";
    }
}
