package dev.openaigateway.app;

import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.MissingValue;
import dev.openaigateway.problem.RootCause;
import dev.openaigateway.rules.classes.UnknownComponent;
import dev.openaigateway.rules.classes.UnknownOption;

/** Why Camel does not start, in words for an operator. */
final class StartFailure {

    private StartFailure() {
    }

    static String message(Environment environment, Throwable thrown) {
        return UnknownOption.message(environment, thrown).or(() -> UnknownComponent.message(environment, thrown))
                .or(() -> MissingValue.message(environment, thrown)).orElseGet(() -> RootCause.message(thrown));
    }
}
