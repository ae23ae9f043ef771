package dev.openaigateway.traces;

import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

/** Exports what may leave the gateway. Logs one line when exports begin to fail, and one when they succeed again. Thread-safe. */
final class ReportingExporter implements SpanExporter {

    private static final Logger LOG = LoggerFactory.getLogger(ReportingExporter.class);

    private final SpanExporter exporter;
    private final AtomicBoolean failing = new AtomicBoolean();

    ReportingExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans.stream().map(CamelSpan::filtered).toList());
        return result.whenComplete(() -> report(result));
    }

    private void report(CompletableResultCode result) {
        if (result.isSuccess() ? failing.compareAndSet(true, false) : failing.compareAndSet(false, true)) {
            if (result.isSuccess()) {
                LOG.info("Spans are exported again.");
            } else {
                LOG.warn("Spans cannot be exported and are dropped; requests are not affected: {}", reason(result.getFailureThrowable()));
            }
        }
    }

    private static String reason(Throwable thrown) {
        if (thrown instanceof HttpExportException refused && refused.getResponse() != null) {
            return "the collector responded with status " + refused.getResponse().getStatusCode();
        }
        Throwable root = thrown;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root == null ? "the collector did not accept them" : root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
