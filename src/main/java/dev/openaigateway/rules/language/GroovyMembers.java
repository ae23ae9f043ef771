package dev.openaigateway.rules.language;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the first member in a script that Camel's own objects do not have, though they have one of nearly that name. Closures are left, since they
 * may ask another object. Used for one script.
 */
final class GroovyMembers extends CodeVisitorSupport {

    private static final Map<String, Class<?>> GIVEN = Map.of("exchange", Exchange.class, "request", Message.class, "in", Message.class,
            "response", Message.class, "out", Message.class, "camelContext", CamelContext.class);

    private final GroovyAssignments assigned = new GroovyAssignments();
    private GroovyMember found;

    private GroovyMembers() {
    }

    /** @param script with its variables resolved */
    static Optional<GroovyMember> unknown(BlockStatement script) {
        GroovyMembers members = new GroovyMembers();
        script.visit(members.assigned);
        script.visit(members);
        return Optional.ofNullable(members.found);
    }

    @Override
    public void visitPropertyExpression(PropertyExpression property) {
        super.visitPropertyExpression(property);
        check(property.getObjectExpression(), property.getPropertyAsString(), property.getText(), false);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        super.visitMethodCallExpression(call);
        check(call.getObjectExpression(), call.getMethodAsString(), call.getObjectExpression().getText() + "." + call.getMethodAsString(), true);
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        // may ask another object
    }

    private void check(Expression owner, String name, String text, boolean isMethod) {
        Optional<Class<?>> type = name == null || found != null ? Optional.empty() : type(owner);
        type.flatMap(known -> isMethod ? MemberNames.method(known, name) : MemberNames.property(known, name))
                .ifPresent(nearest -> found = new GroovyMember(text, type.get().getSimpleName(), nearest));
    }

    /** Empty if it is not certain. */
    private Optional<Class<?>> type(Expression expression) {
        if (expression instanceof VariableExpression variable) {
            boolean isGiven = variable.getAccessedVariable() instanceof DynamicVariable && !assigned.names().contains(variable.getName());
            return isGiven ? Optional.ofNullable(GIVEN.get(variable.getName())) : Optional.empty();
        }
        if (expression instanceof PropertyExpression property && property.getPropertyAsString() != null && !property.getPropertyAsString().isEmpty()) {
            String name = property.getPropertyAsString();
            return type(property.getObjectExpression()).flatMap(owner -> MemberNames.type(owner, "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)));
        }
        return expression instanceof MethodCallExpression call && call.getMethodAsString() != null
                ? type(call.getObjectExpression()).flatMap(owner -> MemberNames.type(owner, call.getMethodAsString())) : Optional.empty();
    }
}
