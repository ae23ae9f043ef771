package dev.openaigateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.openaigateway.admin.Warnings.Warning;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Json;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Responds with an error while the gateway is starting, warming up or stopping, else with the warnings that concern access to it. Thread-safe. */
public final class Ready implements Processor {

    private record Body(String status, List<Warning> warnings) {
    }

    private final CamelContext context;
    private final InFlight inFlight;
    private final Warnings warnings;
    private final BooleanSupplier warming;
    private final Alive alive = new Alive();

    /** @param warming whether the gateway is still warming up, and so is not ready */
    public Ready(CamelContext context, InFlight inFlight, Warnings warnings, BooleanSupplier warming) {
        this.context = context;
        this.warming = warming;
        this.inFlight = inFlight;
        this.warnings = warnings;
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        if (inFlight.draining()) {
            throw Errors.stopping().exception();
        }
        if (!context.getStatus().isStarted()) {
            throw Errors.starting().exception();
        }
        if (warming.getAsBoolean()) {
            throw Errors.warmingUp().exception();
        }
        List<Warning> found = warnings.ofAccess();
        alive.process(exchange);
        if (!found.isEmpty()) {
            exchange.getMessage().setBody(Json.MAPPER.writeValueAsString(new Body("ok", found)));
        }
    }
}
