package dev.openaigateway.rules.language;

import java.util.Optional;

/**
 * What is wrong with a script.
 *
 * @param error  the first error, after its line and column in the script; empty if the script can be parsed and its classes are there
 * @param member the first member that is probably misspelt; empty if there is an error
 */
public record GroovyFindings(Optional<String> error, Optional<GroovyMember> member) {

    static GroovyFindings error(String text) {
        return new GroovyFindings(Optional.of(text), Optional.empty());
    }
}
