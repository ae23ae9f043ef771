package dev.openaigateway.stats;

import dev.openaigateway.call.AttemptsText;
import dev.openaigateway.call.CallLabels;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.text.Excerpt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One completed request, successful or not. Contains neither keys nor prompts.
 *
 * @param time             when the request completed
 * @param client           the client's name; {@code anonymous} if no keys are configured; null if it was refused as unknown
 * @param model            the model's name as the client sent it; null if it could not be read
 * @param status           the status sent to the client; 499 if it disconnected before the response was complete
 * @param error            the kind of failure, one word such as {@code rate_limit_exceeded}; null for a success
 * @param usage            as the upstream reported it; without a report, the tokens counted for a limit
 * @param latency          time from the request's arrival to the response's last byte
 * @param timeToFirstToken time from the request's arrival to the response's first content; null if there was none
 * @param routing          the rule, the attempts and the instance
 * @param labels           the operation, the client's program, the session and the trace
 */
public record UsageRecord(
        Instant time,
        String requestId,
        String client,
        String model,
        int status,
        String error,
        boolean stream,
        Usage usage,
        Duration latency,
        Duration timeToFirstToken,
        Routing routing,
        CallLabels labels) {

    /** The name of the field with all attempts. Its text is the gateway's own, so it may be long. */
    public static final String TRACE = "trace";

    /** In characters; of the kind of failure, which a rule may take from a request. */
    private static final int LONGEST_ERROR = 128;

    /** Bounds what clients, upstreams and rules write: records outlive the memory of their requests. */
    public UsageRecord {
        model = Excerpt.of(model, InstanceSettings.LONGEST_MODEL_NAME);
        error = Excerpt.of(error, LONGEST_ERROR);
    }

    /**
     * How the request was served.
     *
     * @param rule              the step of the rules that chose the instances; null if none did
     * @param instance          the instance that sent the response; null if the gateway itself responded
     * @param servedModel       the model requested from the instance, if it differs from that of the client; else null
     * @param attempts          number of instances that were tried
     * @param tried             the latest 30 attempts in order, failed ones too; their reasons have at most 2,000 characters together
     * @param upstreamRequestId the id that the latest upstream gave the request; null if it gave none
     */
    public record Routing(String rule, String instance, String servedModel, int attempts, List<AttemptReport> tried, String upstreamRequestId) {

        /** No rule and no attempts. */
        public static final Routing NONE = new Routing(null, null, null, 0, List.of(), null);

        private static final int MOST_TRIED = 30;
        private static final int LONGEST_REASONS = 2_000;

        public Routing {
            servedModel = Excerpt.of(servedModel, InstanceSettings.LONGEST_MODEL_NAME);
            tried = bounded(tried);
        }

        private static List<AttemptReport> bounded(List<AttemptReport> live) {
            List<AttemptReport> all = List.copyOf(live);
            List<AttemptReport> latest = new ArrayList<>(Math.min(all.size(), MOST_TRIED));
            int room = LONGEST_REASONS;
            for (AttemptReport each : all.subList(Math.max(0, all.size() - MOST_TRIED), all.size())) {
                String model = Excerpt.of(each.model(), InstanceSettings.LONGEST_MODEL_NAME);
                String reason = Excerpt.of(each.reason(), room);
                room -= reason.length();
                latest.add(new AttemptReport(each.instance(), model, each.status(), each.kind(), reason, each.served(), each.millis()));
            }
            return Collections.unmodifiableList(latest);
        }
    }

    /** Null if the gateway itself responded. */
    public String instance() {
        return routing.instance();
    }

    /** The model that the instance was asked for, if it is not the one that the client named; else null. */
    public String servedModel() {
        return routing.servedModel();
    }

    /** The path after {@code /v1/} without ids, such as {@code chat/completions}. */
    public String operation() {
        return labels.operationPath();
    }

    public boolean failed() {
        return error != null || status >= 400;
    }

    /** The kind of failure, as one word; the status if there is no error code. */
    public String errorKind() {
        return error != null ? error : "status_" + status;
    }

    /** Whether the time to first token is meaningful: a response in one piece begins when it is complete. */
    boolean timesFirstToken() {
        return stream && timeToFirstToken != null;
    }

    /** Attempts after the first. */
    public int retries() {
        return Math.max(0, routing.attempts() - 1);
    }

    /** The attempts in order, each with the instance, the other model asked there, the upstream's status, the result and its time. */
    public List<Map<String, Object>> tried() {
        return routing.tried().stream().map(UsageRecord::attempt).toList();
    }

    private static Map<String, Object> attempt(AttemptReport report) {
        Map<String, Object> attempt = new LinkedHashMap<>();
        attempt.put("instance", report.instance());
        attempt.put("model", report.model());
        attempt.put("status", report.status() == 0 ? null : report.status());
        attempt.put("result", report.kind());
        attempt.put("reason", report.reason());
        attempt.put("ms", report.millis());
        return attempt;
    }

    /** Numbers, booleans and strings by name, for JSON and for SQL parameters; absent values are null. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(64);
        fields.put("time", time.toString());
        putAllButTime(fields, true);
        return fields;
    }

    /** Puts all but the time, and parts of the usage only where they are not 0. */
    public void putNonZeroInto(Map<String, Object> fields) {
        putAllButTime(fields, false);
    }

    private void putAllButTime(Map<String, Object> fields, boolean zeros) {
        fields.put("request_id", requestId);
        fields.put("client", client);
        fields.put("operation", operation());
        fields.put("model", model);
        fields.put("served_model", servedModel());
        fields.put("instance", instance());
        fields.put("attempts", routing.attempts());
        fields.put("status", status);
        fields.put("error", failed() ? errorKind() : null);
        fields.put("stream", stream);
        fields.put("prompt_tokens", usage.promptTokens());
        fields.put("completion_tokens", usage.completionTokens());
        usage.details().forEach((name, count) -> {
            if (zeros || count.doubleValue() > 0) {
                fields.put(name, count);
            }
        });
        fields.put("service_tier", usage.serviceTier());
        fields.put("duration_ms", Milliseconds.of(latency));
        fields.put("first_token_ms", timeToFirstToken == null ? null : Milliseconds.of(timeToFirstToken));
        fields.put("rule", routing.rule());
        fields.put("upstream_request_id", routing.upstreamRequestId());
        fields.put(TRACE, AttemptsText.of(routing.tried()));
        fields.put("user_agent", labels.userAgent());
        fields.put("session", labels.session());
        fields.put("trace_id", labels.traceId());
    }
}
