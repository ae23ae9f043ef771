package dev.openaigateway.app;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.events.EventJson;
import dev.openaigateway.events.EventQueues;
import dev.openaigateway.events.FeishuMessage;
import dev.openaigateway.events.LostEvents;
import dev.openaigateway.events.SinkFailureCounter;
import dev.openaigateway.events.UsageColumns;
import dev.openaigateway.events.UsageRow;
import dev.openaigateway.events.WebhookTarget;
import dev.openaigateway.events.WriteAccessLine;
import dev.openaigateway.events.WriteAlert;
import dev.openaigateway.warmup.WarmUp;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.Registry;

import java.time.InstantSource;

/** Binds the beans of the route file {@code events}. */
record EventWiring(Registry registry, EventQueues<Exchange> queues, LiveSettings settings, InstantSource ticks) {

    void bind(Meters meters) {
        SinkFailureCounter sinks = new SinkFailureCounter(ticks);
        registry.bind("writeAccessLine", silent(new WriteAccessLine()));
        registry.bind("writeAlert", silent(new WriteAlert()));
        registry.bind("eventQueues", queues);
        registry.bind("eventJson", new EventJson());
        registry.bind("usageRow", new UsageRow());
        registry.bind("usageColumns", new UsageColumns());
        registry.bind(LostEvents.COUNTER, sinks);
        registry.bind("webhookTarget", new WebhookTarget());
        registry.bind("feishuMessage", new FeishuMessage(settings));
        meters.bind(queues, sinks);
    }

    /** The process has one log, and the requests of a warm-up must not appear in it. */
    private Processor silent(Processor writer) {
        return WarmUp.isOf(registry) ? exchange -> { } : writer;
    }
}
