package dev.openaigateway.rules.language;

import groovy.lang.GroovyClassLoader;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses Groovy scripts and looks up the classes that they name, without compiling or running them. */
public final class GroovySyntax {

    /** May run code, such as that of {@code @ASTTest}, or load libraries, when classes are looked up. */
    private static final Pattern ANNOTATION = Pattern.compile("@\\s*[\\p{L}_$]");

    /** May set variables of the script by their names. */
    private static final Pattern BINDING = Pattern.compile("binding|(?<!\\.)setProperty|this\\.setProperty|evaluate|MissingPropertyException|propertyMissing|metaClass");

    private GroovySyntax() {
    }

    /** Whether a script only assigns a value that is the same for every request, which no condition means. */
    public static boolean assigns(String script) {
        List<Statement> statements = statements(script).getStatements();
        return statements.size() == 1 && statements.get(0) instanceof ExpressionStatement only
                && only.getExpression() instanceof BinaryExpression expression && !(expression instanceof DeclarationExpression)
                && expression.getOperation().getText().equals("=") && expression.getRightExpression() instanceof ConstantExpression;
    }

    /** The statements of a script outside its methods and classes; none if it cannot be parsed. */
    static BlockStatement statements(String script) {
        CompilationUnit unit = new CompilationUnit();
        unit.addSource("script", script);
        try {
            unit.compile(Phases.CONVERSION);
            return unit.getAST().getModules().get(0).getStatementBlock();
        } catch (CompilationFailedException reportedElsewhere) {
            return new BlockStatement();
        }
    }

    /**
     * Parses a script, and looks up its classes.
     *
     * @param classes finds the classes; null for those of the gateway
     * @param isOpen  whether the script may have other variables than those that Camel gives to each expression
     */
    public static GroovyFindings check(String script, ClassLoader classes, boolean isOpen) {
        CompilationUnit unit = new CompilationUnit(new GroovyClassLoader(classes == null ? GroovySyntax.class.getClassLoader() : classes));
        unit.addSource("script", script);
        try {
            boolean isAnnotated = ANNOTATION.matcher(script).find();
            unit.compile(isAnnotated ? Phases.CONVERSION : Phases.SEMANTIC_ANALYSIS);
            return isAnnotated ? new GroovyFindings(Optional.empty(), Optional.empty())
                    : names(unit.getAST().getModules().get(0), isOpen || BINDING.matcher(script).find());
        } catch (MultipleCompilationErrorsException e) {
            SyntaxException first = e.getErrorCollector().getErrors().stream().filter(SyntaxErrorMessage.class::isInstance)
                    .map(error -> ((SyntaxErrorMessage) error).getCause()).findFirst().orElse(null);
            return GroovyFindings.error(first == null ? "it cannot be parsed"
                    : GroovyNames.place(first.getStartLine(), first.getStartColumn()) + first.getOriginalMessage().strip());
        } catch (CompilationFailedException e) {
            return GroovyFindings.error("it cannot be parsed");
        }
    }

    private static GroovyFindings names(ModuleNode script, boolean isOpen) {
        Optional<String> unknown = GroovyNames.unknown(script, isOpen);
        return new GroovyFindings(unknown, unknown.isPresent() || isOpen ? Optional.empty() : GroovyMembers.unknown(script.getStatementBlock()));
    }
}
