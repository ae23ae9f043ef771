package dev.openaigateway.traces;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Wrong variables of the process itself, which OpenTelemetry's SDK reads on its own. */
@ProcessTest
class ProcessVariablesIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "OTEL_TRACES_SAMPLER=parentbased_traceidratios | \"parentbased_traceidratios\" is not | ; did you mean \"parentbased_traceidratio\"?",
        "OTEL_TRACES_SAMPLER_ARG=10                    | \"10\" is not accepted               | ''",
        "OTEL_EXPORTER_OTLP_TIMEOUT=x                  | \"x\" is not accepted                | otel.exporter.otlp.timeout=x",
        "OTEL_TRACES_EXPORTER=zipkin                   | \"zipkin\" is not accepted           | ''",
        "OTEL_EXPORTER_OTLP_HEADERS=the-secret         | must be pairs name=value             | ''"})
    void shouldBeNamed(String variable, String requirement, String reason) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", "OTEL_TRACES_SAMPLER=traceidratio",
                "OTEL_BSP_SCHEDULE_DELAY=100", variable));
        command.addAll(Checkout.jar());
        try (GatewayProcess gateway = GatewayProcess.start(folder, command)) {
            assertThat(gateway.awaitEnd()).isEqualTo(1);
            assertThat(gateway.output()).filteredOn(line -> line.contains("cannot start")).singleElement().asString()
                    .contains("environment: " + variable.substring(0, variable.indexOf('=')) + " " + requirement, reason).doesNotContain("the-secret");
        }
    }
}
