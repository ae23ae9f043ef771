package dev.openaigateway.explain;

/** What a dry run does at a step. */
@FunctionalInterface
interface StepAction {

    /** Runs the step as it is. */
    StepAction RUN = step -> false;

    /** Leaves the step out. */
    StepAction SKIP = step -> true;

    /**
     * @return whether the action takes the place of the step
     * @throws Exception if the step would fail
     */
    boolean replaces(DryStep step) throws Exception;

    /** Leaves the step out and says why. */
    static StepAction skip(String note) {
        return step -> {
            step.row().note(note);
            return true;
        };
    }
}
