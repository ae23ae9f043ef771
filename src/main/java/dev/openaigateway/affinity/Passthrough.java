package dev.openaigateway.affinity;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.ObjectKind;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.PassedRequest;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides which requests that the gateway itself does not serve may be passed to an instance. Thread-safe. */
public final class Passthrough {

    /** Their objects are served by routes of their own, or have no owner. */
    private static final Set<ObjectKind> ONLY_LISTED = Set.of(ObjectKind.RESPONSE, ObjectKind.MODEL);

    private final LiveSettings settings;

    public Passthrough(LiveSettings settings) {
        this.settings = settings;
    }

    /**
     * The operation of a request that may be passed: an instance lists its path, or it names an object that may have an owner.
     *
     * @param path as the client called it, normalized
     */
    public Optional<Operation> of(String method, String path) {
        String below = ClientPaths.belowVersion(path);
        if (below.isEmpty() || !PassedRequest.isPossible(method, below) || isServed(method, below)) {
            return Optional.empty();
        }
        boolean isListed = settings.get().instances().stream().anyMatch(instance -> instance.passes(below));
        return isListed || namesObject(below) ? Optional.of(Operation.PASSTHROUGH) : Optional.empty();
    }

    /** Stored chat completions are listed at the path that creates them. Some upstreams ignore the case of a path. */
    private static boolean isServed(String method, String written) {
        String path = written.toLowerCase(Locale.ROOT);
        return Operation.fromPath(path).filter(served -> served != Operation.CHAT_COMPLETIONS || !method.equals("GET")).isPresent()
                || path.startsWith(Operation.RESPONSES.path() + "/");
    }

    private static boolean namesObject(String path) {
        return ObjectKind.ofPath(path).filter(kind -> !ONLY_LISTED.contains(kind) && path.length() > kind.path().length()).isPresent();
    }
}
