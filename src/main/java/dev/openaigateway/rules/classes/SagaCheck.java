package dev.openaigateway.rules.classes;

import dev.openaigateway.rules.names.DeclaredNames;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import org.apache.camel.CamelContext;
import org.apache.camel.saga.CamelSagaService;

/** Refuses a {@code saga} without a service that would run it, which Camel reports by the name of a Java interface only. */
public final class SagaCheck {

    private final CamelContext context;
    private final DeclaredNames declared;
    private final Problems problems;

    public SagaCheck(CamelContext context, DeclaredNames declared, Problems problems) {
        this.context = context;
        this.declared = declared;
        this.problems = problems;
    }

    /** A bean of the files may be a service, so a file with beans is left to Camel. */
    public void check(VisitedNode visit) {
        if (visit.model().equals("SagaDefinition") && declared.beans().isEmpty() && context.hasService(CamelSagaService.class) == null
                && context.getRegistry().findByType(CamelSagaService.class).isEmpty()) {
            problems.add(visit.location(), visit.node(), "has 'saga'", null,
                    "for which the gateway has no service; a bean of a class that implements CamelSagaService is one");
        }
    }
}
