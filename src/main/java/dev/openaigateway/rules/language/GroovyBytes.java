package dev.openaigateway.rules.language;

import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds whether a script asks the body, while it is bytes, for what only a text has, or for a member that neither has. Closures are left, since they may ask another object, as is
 * a script that replaces the body, asks for its class, or catches the failure. Used for one script.
 */
final class GroovyBytes extends CodeVisitorSupport {

    private static final Set<String> BODY = Set.of("body", "request.body", "in.body", "exchange.in.body", "exchange.message.body", "request.getBody()", "in.getBody()",
            "exchange.in.getBody()", "exchange.message.getBody()", "exchange.getIn().getBody()", "exchange.getMessage().getBody()");
    private static final Pattern TEXT = Pattern.compile("(request|in|exchange\\.(in|message|getIn\\(\\)|getMessage\\(\\)))\\.getBody\\(String(\\.class)?\\)");
    /** Methods that bytes have, too, but not for a text. A text of one character is compared with a byte by its number. */
    private static final Set<String> WITH_TEXT = Set.of("contains", "find", "split");
    private static final Set<String> MATCHING = Set.of("=~", "==~");
    private static final Set<String> OF_CLASS = Set.of("instanceof", "!instanceof", "in", "!in");

    private final GroovyAssignments assigned = new GroovyAssignments();
    private boolean isFound;
    /** The end of a sentence about the first member that neither has; null if there is none. */
    private String missing;
    private boolean isOpen;

    private GroovyBytes() {
    }

    /** The end of a sentence; empty if the script asks for nothing of the kind. */
    static Optional<String> wrong(String script) {
        GroovyBytes bytes = new GroovyBytes();
        BlockStatement statements = GroovySyntax.statements(script);
        statements.visit(bytes.assigned);
        statements.visit(bytes);
        if (bytes.isOpen || bytes.assigned.names().stream().anyMatch(BODY::contains)) {
            return Optional.empty();
        }
        return bytes.isFound ? Optional.of("which finds nothing: before an instance the body is bytes; write request.getBody(String) in place of the body")
                : Optional.ofNullable(bytes.missing);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        String method = String.valueOf(call.getMethodAsString());
        isOpen |= method.equals("setBody") || method.equals("getClass") && isBody(call.getObjectExpression());
        isFound |= isBody(call.getObjectExpression())
                && (!GivenMembers.BYTES.hasMethod(method) && GivenMembers.TEXT.hasMethod(method) || WITH_TEXT.contains(method) && isText(call.getArguments()));
        given(call.getObjectExpression()).filter(given -> call.getMethodAsString() != null && !given.hasMethod(method)).ifPresent(given -> missing(given, method));
        super.visitMethodCallExpression(call);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        String operator = expression.getOperation().getText();
        isFound |= isBody(expression.getLeftExpression()) && MATCHING.contains(operator);
        isOpen |= isBody(expression.getLeftExpression()) && OF_CLASS.contains(operator);
        if (operator.equals("[") && expression.getRightExpression() instanceof ConstantExpression index && index.getValue() instanceof String name) {
            given(expression.getLeftExpression()).filter(given -> !given.hasProperty(name)).ifPresent(given -> missing(given, name));
        }
        super.visitBinaryExpression(expression);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression property) {
        String name = property.getPropertyAsString();
        isOpen |= isBody(property.getObjectExpression()) && "class".equals(name);
        given(property.getObjectExpression()).filter(given -> name != null && !property.isSpreadSafe() && !given.hasProperty(name))
                .ifPresent(given -> missing(given, name));
        super.visitPropertyExpression(property);
    }

    /** A loop may give the name to another value. */
    @Override
    public void visitForLoop(ForStatement loop) {
        isOpen |= loop.getVariable() != null && BODY.contains(loop.getVariable().getName());
        super.visitForLoop(loop);
    }

    /** A case may ask for the class. */
    @Override
    public void visitSwitch(SwitchStatement statement) {
        isOpen |= isBody(statement.getExpression());
        super.visitSwitch(statement);
    }

    @Override
    public void visitTryCatchFinally(TryCatchStatement statement) {
        isOpen = true;
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        // may ask another object
    }

    private void missing(GivenMembers given, String name) {
        missing = missing == null ? "which fails: " + given.text() + " no '" + name + "'; ask with 'jq' or 'jsonpath'" : missing;
    }

    /** What an expression gives for certain; empty for others than the body. */
    private static Optional<GivenMembers> given(Expression expression) {
        return isBody(expression) ? Optional.of(GivenMembers.BYTES)
                : TEXT.matcher(expression.getText()).matches() ? Optional.of(GivenMembers.TEXT) : Optional.empty();
    }

    private static boolean isBody(Expression expression) {
        return BODY.contains(expression.getText());
    }

    private static boolean isText(Expression arguments) {
        return arguments instanceof ArgumentListExpression list && list.getExpressions().size() == 1
                && list.getExpression(0) instanceof ConstantExpression constant && constant.getValue() instanceof String text && text.length() != 1;
    }
}
