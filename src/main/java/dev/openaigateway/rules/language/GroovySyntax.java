package dev.openaigateway.rules.language;

import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

import java.util.Optional;

/** Parses Groovy scripts without compiling or running them. */
public final class GroovySyntax {

    private GroovySyntax() {
    }

    /** The first error, with its line and column in the script; empty if the script can be parsed. */
    public static Optional<String> error(String script) {
        CompilationUnit unit = new CompilationUnit();
        unit.addSource("script", script);
        try {
            unit.compile(Phases.CONVERSION);
            return Optional.empty();
        } catch (MultipleCompilationErrorsException e) {
            SyntaxException first = e.getErrorCollector().getErrors().stream().filter(SyntaxErrorMessage.class::isInstance)
                    .map(error -> ((SyntaxErrorMessage) error).getCause()).findFirst().orElse(null);
            return Optional.of(first == null ? "it cannot be parsed" : first.getOriginalMessage() + " in line " + first.getStartLine()
                    + ", column " + first.getStartColumn());
        } catch (CompilationFailedException e) {
            return Optional.of("it cannot be parsed");
        }
    }
}
