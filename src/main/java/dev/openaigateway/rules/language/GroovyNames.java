package dev.openaigateway.rules.language;

import dev.openaigateway.problem.DidYouMean;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.Statement;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds the first name in a script that is neither a class nor a variable. Groovy takes such a name for a variable that it looks up when
 * the script runs, so that <code>Nope.run()</code> compiles. A closure may ask an object for its names: in one, only what looks like a class
 * whose method or member is used is judged. Used for one script.
 */
final class GroovyNames extends CodeVisitorSupport {

    /** What Camel gives each script, and what each script has. */
    private static final Set<String> GIVEN = Set.of("body", "header", "headers", "variable", "variables", "exception", "in", "request", "exchange",
            "exchangeProperty", "exchangeProperties", "out", "response", "camelContext", "attachments", "log", "binding", "class", "metaClass", "properties");
    /** Methods whose closure asks the object that they are called on. */
    private static final Set<String> WITH_OBJECT = Set.of("with", "tap");

    private final GroovyAssignments assigned = new GroovyAssignments();
    /** Whether variables may come from elsewhere. */
    private final boolean isOpen;
    private int closures;
    private String unknown;

    private GroovyNames(boolean isOpen) {
        this.isOpen = isOpen;
    }

    /**
     * The end of a sentence; empty if all names are known.
     *
     * @param isOpen whether the script may have other variables than those that Camel gives to each expression
     */
    static Optional<String> unknown(ModuleNode script, boolean isOpen) {
        GroovyNames names = new GroovyNames(isOpen);
        List<ClassNode> classes = script.getClasses();
        classes.forEach(type -> bodies(type).forEach(code -> code.visit(names.assigned)));
        // Classes that the script declares ask themselves.
        classes.stream().filter(ClassNode::isScript).forEach(type -> bodies(type).forEach(code -> code.visit(names)));
        return Optional.ofNullable(names.unknown);
    }

    /** Methods of interfaces and abstract ones have none. */
    private static Stream<Statement> bodies(ClassNode type) {
        return type.getMethods().stream().map(MethodNode::getCode).filter(Objects::nonNull);
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
        if (closures == 0 && !isOpen) {
            report(variable, variable.getName());
        }
    }

    @Override
    public void visitPropertyExpression(PropertyExpression property) {
        if (!receiver(property.getObjectExpression(), property.getText())) {
            super.visitPropertyExpression(property);
        }
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        if (!call.isImplicitThis()) {
            receiver(call.getObjectExpression(), call.getObjectExpression().getText());
        }
        if (!WITH_OBJECT.contains(String.valueOf(call.getMethodAsString()))) {
            super.visitMethodCallExpression(call);
        } else {
            call.getObjectExpression().visit(this);
        }
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        closures++;
        super.visitClosureExpression(closure);
        closures--;
    }

    /** Reports the class of a receiver, such as {@code Nope} or {@code com.bank.Nope}; returns whether it has. */
    private boolean receiver(Expression receiver, String path) {
        Expression root = receiver;
        while (root instanceof PropertyExpression property) {
            root = property.getObjectExpression();
        }
        String name = path.replaceFirst("^((?:[a-z_][\\w$]*\\.)*[A-Z][\\w$]*).*", "$1");
        return root instanceof VariableExpression variable && isUnknown(variable) && name.matches("([a-z_][\\w$]*\\.)*[A-Z][\\w$]*[a-z][\\w$]*")
                && report(variable, name);
    }

    private boolean isUnknown(VariableExpression variable) {
        return variable.getAccessedVariable() instanceof DynamicVariable && !GIVEN.contains(variable.getName()) && !assigned.names().contains(variable.getName());
    }

    private boolean report(VariableExpression variable, String name) {
        if (unknown == null && isUnknown(variable)) {
            unknown = place(variable.getLineNumber(), variable.getColumnNumber()) + (name.matches("(.*\\.)?[A-Z].*")
                    ? "unknown class " + name + (name.contains(".") ? "" : "; import it or write its package")
                    : "unknown variable " + name + DidYouMean.clause(name, new TreeSet<>(GIVEN)).orElse(""));
        }
        return isUnknown(variable);
    }

    /** The beginning of a sentence about a place in a script. */
    static String place(int line, int column) {
        return "line " + line + ", column " + column + ": ";
    }
}
