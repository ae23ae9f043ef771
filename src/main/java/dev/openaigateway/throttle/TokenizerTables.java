package dev.openaigateway.throttle;

import dev.openaigateway.config.KeyedClient;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.tokenizer.Tokenizer;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Loads the tables of the needed tokenizers in the background, so that the first request does not wait for them (benchmark
 * row "start to first response with limits").
 */
final class TokenizerTables {

    private final Set<Tokenizer> loaded = EnumSet.noneOf(Tokenizer.class);
    private CompletableFuture<Void> loading = CompletableFuture.completedFuture(null);

    /** Returns at once. Does nothing if no limit needs a count. Not thread-safe. */
    void load(Settings settings) {
        if (!counts(settings)) {
            return;
        }
        Set<Tokenizer> needed = needed(settings);
        needed.removeAll(loaded);
        if (!needed.isEmpty()) {
            loaded.addAll(needed);
            loading = CompletableFuture.runAsync(() -> needed.forEach(Tokenizer::load));
        }
    }

    /** Waits until the tables that the latest settings need are loaded. */
    void await() {
        loading.join();
    }

    private static boolean counts(Settings settings) {
        boolean limited = settings.rateLimit().enabled() && (settings.rateLimit().tpm() > 0
                || settings.clients().keys().stream().mapToLong(KeyedClient::tpm).anyMatch(tpm -> tpm > 0)
                || settings.instances().stream().flatMap(instance -> InstanceLimits.all(instance).stream()).anyMatch(limit -> !limit.ofRequests()));
        return limited || settings.models().stream().anyMatch(model -> model.maxInputTokens() > 0) || settings.instances().stream().anyMatch(instance -> instance.maxInputTokens() > 0);
    }

    /** The tokenizers of all listed models; if there are none, that of all newer models. */
    private static Set<Tokenizer> needed(Settings settings) {
        Set<Tokenizer> needed = EnumSet.noneOf(Tokenizer.class);
        for (InstanceSettings instance : settings.instances()) {
            instance.models().forEach(model -> needed.add(Tokenizer.ofModel(model)));
            instance.tokenizer().ifPresent(name -> needed.add(Tokenizer.named(name)));
        }
        if (needed.isEmpty()) {
            needed.add(Tokenizer.O200K_BASE);
        }
        return needed;
    }
}
