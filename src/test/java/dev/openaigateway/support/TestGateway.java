package dev.openaigateway.support;

import dev.openaigateway.app.Gateway;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.load.Environment;
import org.apache.camel.main.Main;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The whole gateway with its real routes, started in this process on a free port. */
public final class TestGateway implements AutoCloseable {

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Main main;
    private final int port;
    private final Path settingsFile;

    private TestGateway(Main main, int port, Path settingsFile) {
        this.main = main;
        this.port = port;
        this.settingsFile = settingsFile;
    }

    /** @param yaml settings in the format of {@code instances.yaml} */
    public static TestGateway start(String yaml) {
        return new Builder().settings(yaml).start();
    }

    public static Builder builder() {
        return new Builder();
    }

    public int port() {
        return port;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The file with the settings, which a test may change before a reload. */
    public Path settingsFile() {
        return settingsFile;
    }

    public Main main() {
        return main;
    }

    /** The settings as the gateway's own objects have them, to which a test may add a listener that refuses some. */
    public LiveSettings liveSettings() {
        try {
            Object bean = main.getCamelContext().getRegistry().lookupByName("clientHeaders");
            Field field = bean.getClass().getDeclaredField("settings");
            field.setAccessible(true);
            return (LiveSettings) field.get(bean);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param headers names and values in turn */
    public HttpResponse<String> post(String path, String json, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(url(path))).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)), headers);
    }

    /** @param headers names and values in turn */
    public HttpResponse<String> put(String path, String json, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(url(path))).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)), headers);
    }

    /** @param headers names and values in turn */
    public HttpResponse<String> get(String path, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(url(path))), headers);
    }

    /** A chat request with one message. */
    public HttpResponse<String> chat(String model, String... headers) {
        return post("/v1/chat/completions", chatBody(model), headers);
    }

    /**
     * The value of a metric on the metrics page.
     *
     * @throws AssertionError if the page does not have it
     */
    public double metric(String name, String... headers) {
        return get("/metrics", headers).body().lines().filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1))).findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }

    public static String chatBody(String model) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
    }

    /**
     * Waits for a minute at most: a reply that another test has left behind may never end. In a thread of its own, because an asynchronous
     * request ends in the common pool, whose only thread a test may hold.
     */
    public HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        HttpRequest.Builder full = headers.length == 0 ? request : request.headers(headers);
        FutureTask<HttpResponse<String>> response = new FutureTask<>(() -> http.send(full.build(), HttpResponse.BodyHandlers.ofString()));
        new Thread(response, "client").start();
        try {
            return response.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new UncheckedIOException(e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new AssertionError("no response within a minute", e);
        } finally {
            response.cancel(true);
        }
    }

    @Override
    public void close() {
        main.stop();
    }

    /** Builds a gateway: its settings, environment, beans and properties. */
    public static final class Builder {

        private final Map<String, String> variables = new HashMap<>();
        private final Map<String, Object> beans = new HashMap<>();
        private final Map<String, String> properties = new HashMap<>();
        private Path folder = Path.of("").toAbsolutePath();
        private String settings = "instances: []";

        public Builder settings(String yaml) {
            settings = yaml;
            return this;
        }

        public Builder variable(String name, String value) {
            variables.put(name, value);
            return this;
        }

        public Builder clock(InstantSource clock) {
            beans.put("clock", clock);
            return this;
        }

        /** Binds a bean to which route steps can refer. */
        public Builder bean(String name, Object bean) {
            beans.put(name, bean);
            return this;
        }

        /** Overrides a property of {@code application.properties}. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /** Sets the folder of {@code application.properties} and {@code routes/}. */
        public Builder folder(Path place) {
            folder = place;
            return this;
        }

        public TestGateway start() {
            try {
                int port = FreePort.next();
                Path file = TemporaryFolder.make("gateway").resolve("settings.yaml");
                Files.writeString(file, settings);
                variables.putIfAbsent("PORT", String.valueOf(port));
                variables.putIfAbsent("GATEWAY_CONFIG", file.toString());
                Main main = Gateway.main(folder);
                main.bind("environment", new Environment(variables, folder));
                beans.forEach(main::bind);
                properties.forEach(main::addOverrideProperty);
                main.start();
                return new TestGateway(main, port, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
