package dev.openaigateway.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The Helm chart, rendered by Helm's own library and checked by the schema of Kubernetes. */
class HelmChartTest {

    private static final Path CHART = Path.of("deploy/helm/openai-gateway");
    private static final String EVERYTHING = """
            image: { digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000" }
            imagePullSecrets: [ { name: registry } ]
            env: [ { name: ENVIRONMENT, value: production } ]
            overlay: { persistentVolumeClaim: shared }
            tls: { existingSecret: certificate }
            rules: { team.camel.yaml: "- route: { id: team, from: { uri: direct:team, steps: [] } }" }
            autoscaling: { enabled: true }
            networkPolicy: { enabled: true, ingressFrom: [ { namespaceSelector: {} } ], egressTo: [ { ports: [ { port: 8080 } ] } ] }
            serviceMonitor: { enabled: true }
            prometheusRule: { enabled: true, labels: { release: prometheus } }
            grafanaDashboard: { enabled: true }
            camelMonitor: { enabled: true }
            applicationProperties: "events.webhook.enabled = true"
            podLabels: { team: a }
            podAnnotations: { note: b }
            nodeSelector: { disk: ssd }
            tolerations: [ { key: gpu, operator: Exists } ]
            affinity: { podAntiAffinity: {} }
            service: { annotations: { internal: "true" } }
            serviceAccount: { annotations: { azure.workload.identity/client-id: x } }
            """;

    @TempDir
    Path folder;

    @Test
    void shouldPassTheLinter() {
        LintResult result = new Helm(CHART).lint().strict().call();

        assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
    }

    @Test
    void shouldRenderValidObjectsByDefault() throws IOException {
        Manifests chart = rendered("");

        chart.assertValid();
        assertThat(chart.kinds()).containsExactly("ConfigMap", "Deployment", "PodDisruptionBudget", "Service", "ServiceAccount");
        Map<String, Object> deployment = chart.only("Deployment", "ai-openai-gateway");
        assertThat(Manifests.text(deployment, "/spec/replicas")).isEqualTo("2");
        assertThat(Manifests.text(deployment, "/spec/template/spec/containers/0/readinessProbe/httpGet/scheme")).isEqualTo("HTTP");
        assertThat(Manifests.text(deployment, "/spec/template/spec/enableServiceLinks")).isEqualTo("false");
        assertThat(Manifests.text(deployment, "/spec/template/spec/containers/0/image")).isEqualTo("openai-gateway:1.0.0");
        assertThat(Manifests.text(deployment, "/spec/template/spec/containers/0/env/0/value")).isEqualTo("redis://ai-openai-gateway-redis:6379");
        assertThat(Manifests.text(deployment, "/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem")).isEqualTo("true");
    }

    @Test
    void shouldRenderValidObjectsWithAllOptions() throws IOException {
        Manifests chart = rendered(EVERYTHING);

        chart.assertValid();
        assertThat(chart.kinds()).contains("HorizontalPodAutoscaler", "NetworkPolicy", "ServiceMonitor", "PrometheusRule");
        Map<String, Object> deployment = chart.only("Deployment", "ai-openai-gateway");
        assertThat(Manifests.text(deployment, "/spec/replicas")).as("left to the autoscaler").isEmpty();
        assertThat(Manifests.text(deployment, "/spec/template/spec/containers/0/image")).startsWith("openai-gateway@sha256:0");
        assertThat(Manifests.text(deployment, "/metadata/labels/camel.apache.org~1monitor")).isEqualTo("openai-gateway");
        assertThat(Manifests.text(deployment, "/spec/template/spec/containers/0/env/2/name")).isEqualTo("GATEWAY_OVERLAY");
        assertThat(Manifests.text(deployment, "/spec/template/spec/volumes/2/persistentVolumeClaim/claimName")).isEqualTo("shared");
        assertThat(Manifests.text(deployment, "/spec/template/spec/volumes/1/secret/secretName")).isEqualTo("certificate");
        assertThat(Manifests.text(deployment, "/spec/template/spec/containers/0/readinessProbe/httpGet/scheme")).isEqualTo("HTTPS");
        assertThat(Manifests.text(chart.only("ServiceMonitor", "ai-openai-gateway"), "/spec/endpoints/0/scheme")).isEqualTo("https");
        assertThat(Manifests.text(chart.only("ServiceMonitor", "ai-openai-gateway"), "/spec/endpoints/0/authorization/credentials/key")).isEqualTo("MONITOR_TOKEN");
        assertThat(Manifests.text(chart.only("PrometheusRule", "ai-openai-gateway"), "/spec/groups/0/name")).isEqualTo("openai-gateway");
        assertThat(Manifests.text(chart.only("ConfigMap", "ai-openai-gateway-dashboard"), "/data/openai-gateway.json"))
                .isEqualToIgnoringWhitespace(Files.readString(Path.of("deploy/grafana/gateway.json")));
    }

    @Test
    void shouldRunWithoutRedis() throws IOException {
        Manifests chart = rendered("redis: { deploy: false }");

        assertThat(Manifests.text(chart.only("Deployment", "ai-openai-gateway"), "/spec/template/spec/containers/0/env/0/name")).isEmpty();
    }

    @Test
    void shouldWarnOfSeveralGatewaysWithoutRedis() throws IOException {
        assertThat(notes("redis: { deploy: false }")).contains("WARNING: several gateways without a shared Redis");
        assertThat(notes("redis: { deploy: false, url: \"rediss://cache:6380\" }")).doesNotContain("WARNING");
        assertThat(notes("redis: { deploy: false }\nreplicas: 1")).doesNotContain("WARNING");
        assertThat(notes("")).contains("/v1").doesNotContain("WARNING");
    }

    private String notes(String values) throws IOException {
        Path file = Files.writeString(folder.resolve("values.yaml"), values);
        return new Helm(CHART).install().clientOnly().withName("ai").withValuesFile(file).call().getOutput();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"redis://cache | 6379", "rediss://:4711@cache:6380/2 | 6380", "redis://a:7001,redis://b:7002 | 7001 7002"})
    void shouldLetTheGatewayReachTheRedisOfTheUrl(String url, String ports) throws IOException {
        Manifests chart = rendered("networkPolicy: { enabled: true }\nredis: { url: \"" + url + "\" }");

        chart.assertValid();
        assertThat(Manifests.texts(chart.only("NetworkPolicy", "ai-openai-gateway"), "/spec/egress/2/ports", "port")).containsExactly(ports.split(" "));
    }

    /** A value that no template uses would be ignored in silence. */
    @Test
    void shouldUseEveryValue() throws IOException {
        StringBuilder templates = new StringBuilder();
        try (Stream<Path> files = Files.list(CHART.resolve("templates"))) {
            for (Path file : files.toList()) {
                templates.append(Files.readString(file));
            }
        }
        List<String> paths = Manifests.paths(Files.readString(CHART.resolve("values.yaml")));

        assertThat(paths).hasSizeGreaterThan(50).contains("redis.url", "routes.instances.yaml").allSatisfy(path -> assertThat(templates)
                .as(path).containsPattern(IntStream.rangeClosed(1, path.split("\\.").length)
                        .mapToObj(parts -> Pattern.quote(".Values." + String.join(".", List.of(path.split("\\.")).subList(0, parts))) + "(?![\\w.])")
                        .collect(Collectors.joining("|"))));
    }

    private Manifests rendered(String values) throws IOException {
        Path file = Files.writeString(folder.resolve("values.yaml"), values);
        return Manifests.parse(new Helm(CHART).template().withName("ai").withValuesFile(file).call());
    }
}
