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

import java.util.Set;

/**
 * Finds whether a script asks the body, while it is bytes, for what only a text has. Closures are left, since they may ask another object, as is
 * a script that replaces the body, asks for its class, or catches the failure. Used for one script.
 */
final class GroovyBytes extends CodeVisitorSupport {

    private static final Set<String> BODY = Set.of("body", "request.body", "in.body", "exchange.in.body", "exchange.message.body", "request.getBody()",
            "exchange.getIn().getBody()", "exchange.getMessage().getBody()");
    /** Methods that bytes do not have. */
    private static final Set<String> OF_TEXT = Set.of("startsWith", "endsWith", "replace", "replaceAll", "replaceFirst", "matches", "indexOf", "toLowerCase",
            "toUpperCase", "substring", "trim", "strip", "tokenize", "length", "charAt", "concat", "isBlank", "lines", "lastIndexOf", "equalsIgnoreCase", "stripLeading",
            "stripTrailing", "toCharArray", "contentEquals", "eachLine", "readLines");
    /** Methods that bytes have, too, but not for a text. A text of one character is compared with a byte by its number. */
    private static final Set<String> WITH_TEXT = Set.of("contains", "find", "split");
    private static final Set<String> MATCHING = Set.of("=~", "==~");
    private static final Set<String> OF_CLASS = Set.of("instanceof", "!instanceof", "in", "!in");

    private final GroovyAssignments assigned = new GroovyAssignments();
    private boolean isFound;
    private boolean isOpen;

    private GroovyBytes() {
    }

    static boolean areAskedForText(String script) {
        GroovyBytes bytes = new GroovyBytes();
        BlockStatement statements = GroovySyntax.statements(script);
        statements.visit(bytes.assigned);
        statements.visit(bytes);
        return bytes.isFound && !bytes.isOpen && bytes.assigned.names().stream().noneMatch(BODY::contains);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        String method = String.valueOf(call.getMethodAsString());
        isOpen |= method.equals("setBody") || method.equals("getClass") && isBody(call.getObjectExpression());
        isFound |= isBody(call.getObjectExpression()) && (OF_TEXT.contains(method) || WITH_TEXT.contains(method) && isText(call.getArguments()));
        super.visitMethodCallExpression(call);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        String operator = expression.getOperation().getText();
        isFound |= isBody(expression.getLeftExpression()) && MATCHING.contains(operator);
        isOpen |= isBody(expression.getLeftExpression()) && OF_CLASS.contains(operator);
        super.visitBinaryExpression(expression);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression property) {
        isOpen |= isBody(property.getObjectExpression()) && "class".equals(property.getPropertyAsString());
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

    private static boolean isBody(Expression expression) {
        return BODY.contains(expression.getText());
    }

    private static boolean isText(Expression arguments) {
        return arguments instanceof ArgumentListExpression list && list.getExpressions().size() == 1
                && list.getExpression(0) instanceof ConstantExpression constant && constant.getValue() instanceof String text && text.length() != 1;
    }
}
