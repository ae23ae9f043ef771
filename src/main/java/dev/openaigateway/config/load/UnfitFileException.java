package dev.openaigateway.config.load;

import dev.openaigateway.problem.Problem;

import java.io.IOException;

/** A file is there, and is not one that can be read. The message is what is required of it, as for a {@link Problem}. */
public final class UnfitFileException extends IOException {

    UnfitFileException(String requirement) {
        super(requirement);
    }
}
