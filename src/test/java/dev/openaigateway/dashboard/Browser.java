package dev.openaigateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.TemporaryFolder;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium with one tab. */
final class Browser implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "Enter", 13, "Escape", 27, "Home", 36, "ArrowLeft", 37, "ArrowRight", 39);

    private final Process process;
    private final DevTools tools;

    private Browser(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** The program on the path; empty if no Chromium is installed. */
    static Optional<Path> installed() {
        return NAMES.stream().flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst();
    }

    static Browser start() {
        try {
            Path profile = TemporaryFolder.make("chromium");
            Process process = new ProcessBuilder(installed().orElseThrow().toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
                    "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--no-first-run", "--hide-scrollbars",
                    "--remote-debugging-port=0", "--remote-allow-origins=*", "--user-data-dir=" + profile, "about:blank")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            String address = address(process);
            DevTools tools = DevTools.connect(address.replaceAll("/browser/.*", "/page/") + firstTab(address));
            Stream.of("Page", "Runtime", "Network", "Log").forEach(domain -> tools.call(domain + ".enable", Map.of()));
            return new Browser(process, tools);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(Process process) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains("DevTools listening on ws://")) {
                Thread rest = new Thread(() -> lines.lines().forEach(any -> { }));
                rest.setDaemon(true);
                rest.start();
                return line.replaceAll(".*(ws://\\S+).*", "$1");
            }
        }
        throw new IllegalStateException("Chromium did not start");
    }

    private static String firstTab(String address) {
        try (DevTools browser = DevTools.connect(address)) {
            return browser.call("Target.getTargets", Map.of()).at("/targetInfos").findParents("type").stream()
                    .filter(target -> target.path("type").asText().equals("page")).findFirst().orElseThrow().path("targetId").asText();
        }
    }

    void open(String url) {
        tools.call("Page.navigate", Map.of("url", url));
    }

    /** Opens a page as a new tab would, at its usual size, and forgets the events of the page before. */
    void forget(String url) {
        open("about:blank");
        Eventually.holds("the page before is gone", () -> evaluate("location.href").asText().equals("about:blank"));
        tools.events().clear();
        resize(1280, 900);
        prefer("light");
        open(url);
        Eventually.holds("the page is loaded", () -> evaluate("document.readyState === 'complete' && location.href !== 'about:blank'").asBoolean());
        if (evaluate("sessionStorage.length + localStorage.length").asInt() > 0) {
            evaluate("sessionStorage.clear(); localStorage.clear()");
            forget(url);
        }
    }

    /** The value of an expression in the page; a promise is awaited. */
    JsonNode evaluate(String expression) {
        JsonNode result = tools.call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails").toString());
        }
        return result.at("/result/value");
    }

    /** The text of the first element of a selector; empty if there is none. */
    String text(String selector) {
        return evaluate("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''").asText();
    }

    void awaitText(String selector, String part) {
        Eventually.holds("'" + part + "' in " + selector, () -> text(selector).contains(part));
    }

    void click(String selector) {
        Eventually.holds("there is " + selector, () -> evaluate("!!document.querySelector(" + quoted(selector) + ")").asBoolean());
        evaluate("document.querySelector(" + quoted(selector) + ").click()");
    }

    /** Types into the element that has the focus. */
    void type(String text) {
        tools.call("Input.insertText", Map.of("text", text));
    }

    void press(String key) {
        Map<String, Object> event = Map.of("key", key, "code", key, "windowsVirtualKeyCode", KEYS.get(key), "text", key.equals("Enter") ? "\r" : "");
        Stream.of("keyDown", "keyUp").forEach(type -> {
            Map<String, Object> full = new HashMap<>(event);
            full.put("type", type);
            tools.call("Input.dispatchKeyEvent", full);
        });
    }

    /** A short description of the element that has the focus. */
    String focused() {
        return evaluate("(e => e.id || e.getAttribute('aria-label') || e.hash || e.innerText || e.tagName)(document.activeElement)").asText();
    }

    void resize(int width, int height) {
        tools.call("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void prefer(String scheme) {
        tools.call("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    byte[] screenshot() {
        return Base64.getDecoder().decode(tools.call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText());
    }

    /** Errors and warnings of the console, and uncaught exceptions. */
    List<String> complaints() {
        return tools.events().stream().filter(event -> switch (event.path("method").asText()) {
            case "Runtime.exceptionThrown" -> true;
            case "Runtime.consoleAPICalled" -> List.of("error", "warning", "assert").contains(event.at("/params/type").asText());
            case "Log.entryAdded" -> List.of("error", "warning").contains(event.at("/params/entry/level").asText());
            default -> false;
        }).map(JsonNode::toString).toList();
    }

    /** The addresses of all requests. */
    List<String> requests() {
        return tools.events().stream().filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
                .map(event -> event.at("/params/request/url").asText()).toList();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    public void close() {
        tools.close();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
