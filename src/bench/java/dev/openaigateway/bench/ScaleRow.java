package dev.openaigateway.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Start, memory, reload and request cost with few and with many instances, models, client keys and rules. */
final class ScaleRow implements Row {

    private static final int RELOADS = 3;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public String title() {
        return "scale";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        int port = setup.upstreamPort();
        List<Result> results = new ArrayList<>();
        ScaleSettings small = new ScaleSettings(port, 2, 1, 1, 1);
        results.addAll(compare(setup, small, "200 instances of 50 models", new ScaleSettings(port, 200, 50, 1, 1)));
        results.addAll(compare(setup, small, "5,000 client keys", new ScaleSettings(port, 2, 1, 5_000, 1)));
        results.addAll(compare(setup, small, "100 rules", new ScaleSettings(port, 2, 1, 1, 100)));
        results.addAll(compare(setup, small, "all of these", new ScaleSettings(port, 200, 50, 5_000, 100)));
        return results;
    }

    private List<Result> compare(Setup setup, ScaleSettings small, String what, ScaleSettings large) throws InterruptedException {
        try (GatewayUnderTest few = GatewayUnderTest.start(small); GatewayUnderTest many = GatewayUnderTest.start(large)) {
            String title = title() + ", " + what + ": ";
            Rates rates = Rounds.measure(setup, setup.plan().first(), List.of(few.target(), many.target()), Chat.request());
            return List.of(
                    line(title + "start to first response, s", few.toFirstResponse().toMillis() / 1000.0, many.toFirstResponse().toMillis() / 1000.0),
                    line(title + "CPU until ready, s", few.cpuToReady().toMillis() / 1000.0, many.cpuToReady().toMillis() / 1000.0),
                    line(title + "CPU per request, us", rates.cpuMicrosOf(0), rates.cpuMicrosOf(1)),
                    line(title + "reload of the settings, ms", reloadMillis(few), reloadMillis(many)),
                    line(title + "resident memory, MB", few.residentMegabytes(), many.residentMegabytes()));
        }
    }

    private static Result line(String title, double few, double many) {
        return new Result(title).value(Target.GATEWAY, "%,.2f".formatted(many)).show("%,.2f with two instances, one key, one rule".formatted(few));
    }

    private double reloadMillis(GatewayUnderTest gateway) throws InterruptedException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < RELOADS; i++) {
            long begin = System.nanoTime();
            reload(gateway);
            millis.add((System.nanoTime() - begin) / 1_000_000.0);
        }
        return Median.of(millis);
    }

    private void reload(GatewayUnderTest gateway) throws InterruptedException {
        HttpRequest reload = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.target().port() + "/config/reload"))
                .POST(HttpRequest.BodyPublishers.noBody()).build();
        try {
            HttpResponse<String> response = client.send(reload, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new BrokenRunException("a reload: " + response.body());
            }
        } catch (IOException e) {
            throw new BrokenRunException("a reload", e);
        }
    }
}
