package dev.openaigateway.conformance;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.GatewayProcess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs each flow of the SDKs against the mock alone and through the packaged gateway, and compares what an SDK returns or throws. The mock
 * repeats requests in its responses, so a difference in a request shows too. Exits with status 1 if there is a difference.
 */
public final class Conformance {

    private static final int SHOWN = 600;
    /** The names of flows that may differ. */
    private static final Set<String> KNOWN = Set.of();

    private Conformance() {
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        int flows = 0;
        boolean node;
        Path folder = Files.createTempDirectory("conformance");
        try (MockApi mock = new MockApi(); GatewayProcess gateway = start(folder, mock)) {
            OpenAIClient direct = client(mock.uri());
            OpenAIClient through = client("http://127.0.0.1:" + gateway.port());
            List<Flow> all = new ArrayList<>(ModelFlows.all());
            all.addAll(ObjectFlows.all(direct));
            for (Flow flow : all) {
                flows++;
                String expected = flow.outcome(direct);
                String actual = flow.outcome(through);
                if (!actual.equals(expected) && !KNOWN.contains(flow.name())) {
                    differences.add(flow.name() + "\n  direct:  " + shown(expected) + "\n  gateway: " + shown(actual));
                }
            }
            direct.close();
            through.close();
            node = NodeFlows.same(mock.uri(), "http://127.0.0.1:" + gateway.port());
        }
        differences.forEach(difference -> System.out.println("DIFFERENT: " + difference));
        System.out.printf("conformance: %d flows of openai-java, %d different, %d known to be%n", flows, differences.size(), KNOWN.size());
        System.exit(differences.isEmpty() && node ? 0 : 1);
    }

    private static GatewayProcess start(Path folder, MockApi mock) throws IOException, InterruptedException {
        Path settings = Files.writeString(folder.resolve("settings.yaml"), """
                instances:
                  - { name: mock, provider_type: generic, api_base: "%s", api_key: key, stream_usage: never, passthrough: ["*"] }
                """.formatted(mock.uri()));
        GatewayProcess gateway = GatewayProcess.start(folder, List.of("env", "GATEWAY_CONFIG=" + settings, Checkout.JAVA, "-jar", Checkout.JAR.toString()));
        gateway.await("Camel OpenAI Gateway serves");
        return gateway;
    }

    private static OpenAIClient client(String address) {
        return OpenAIOkHttpClient.builder().baseUrl(address + "/v1").apiKey("key").adminApiKey("key").maxRetries(0).build();
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
