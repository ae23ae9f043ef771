package dev.openaigateway.rules.language;

import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.TupleExpression;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the variables that a script sets itself. */
final class GroovyAssignments extends CodeVisitorSupport {

    private final Set<String> names = new HashSet<>();

    Set<String> names() {
        return names;
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (expression.getOperation().getText().equals("=")) {
            List<Expression> targets = expression.getLeftExpression() instanceof TupleExpression several ? several.getExpressions()
                    : List.of(expression.getLeftExpression());
            targets.forEach(target -> names.add(target.getText()));
        }
        super.visitBinaryExpression(expression);
    }
}
