package dev.openaigateway.rules.classes;

import dev.openaigateway.rules.names.CheckScope;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.VisitedNode;
import org.apache.camel.saga.CamelSagaService;

/** Refuses a {@code saga} without a service that would run it, which Camel reports by the name of a Java interface only. */
public final class SagaCheck implements NodeCheck {

    private final CheckScope scope;

    public SagaCheck(CheckScope scope) {
        this.scope = scope;
    }

    /** A bean of the files may be a service, so a file with beans is left to Camel. */
    @Override
    public void check(VisitedNode visit) {
        if (visit.model().equals("SagaDefinition") && scope.declared().beans().isEmpty()
                && scope.context().hasService(CamelSagaService.class) == null && scope.context().getRegistry().findByType(CamelSagaService.class).isEmpty()) {
            scope.problems().at(visit.location(), visit.node()).says("has 'saga'")
                    .because("for which the gateway has no service; a bean of a class that implements CamelSagaService is one");
        }
    }
}
