package dev.openaigateway.reload;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignStep;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.reload.files.StartupException;

import java.util.Optional;

/** What routes refuse is a problem of the files, in a reload as at the start. */
final class Refusal {

    private Refusal() {
    }

    /** Runs a step of other code. What routes refuse in it is a problem with the same words. */
    static <T> T worded(ForeignStep<T, InvalidSettingsException> step) throws InvalidSettingsException {
        try {
            return ForeignCode.call(step);
        } catch (StartupException e) {
            throw new InvalidSettingsException(e.getMessage().lines().map(Refusal::problem).toList());
        }
    }

    private static Problem problem(String line) {
        int end = line.indexOf(": ");
        return new Problem(end < 0 ? "settings" : line.substring(0, end), "", Optional.empty(), line.substring(end < 0 ? 0 : end + 2), Optional.empty());
    }
}
