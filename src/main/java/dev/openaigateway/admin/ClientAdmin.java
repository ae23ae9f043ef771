package dev.openaigateway.admin;

import dev.openaigateway.config.ClientKey;
import dev.openaigateway.config.KeyDigest;
import dev.openaigateway.config.KeyedClient;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.load.KeyChange;
import dev.openaigateway.config.load.KeyRequest;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.InvalidSettingsException;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents and actions under {@code /admin/clients}. A new key is in the response and nowhere else. Thread-safe. */
public final class ClientAdmin {

    /** Position of the client's name in the path, and of the key's id. */
    private static final int CLIENT = 3;
    private static final int KEY = 5;
    private static final int KEY_BYTES = 32;

    /**
     * @param source  {@code settings} or {@code issued}
     * @param created when it was issued; null for a key of the settings
     * @param state   {@code active} or {@code expired}
     */
    private record ShownKey(String id, String source, String created, String expires, String state) {

        static ShownKey of(ClientKey key, Instant now) {
            return new ShownKey(key.id(), key.issued().isPresent() ? "issued" : "settings", text(key.issued()), text(key.expires()),
                    key.isExpired(now) ? "expired" : "active");
        }
    }

    private record ShownClient(String name, long tpm, long rpm, List<String> models, List<ShownKey> keys) {
    }

    /** @param replaces the key that this one replaces; null if it replaces none */
    private record NewKey(String client, String id, String key, String hash, String created, String expires, ShownKey replaces) {
    }

    private final LiveSettings settings;
    private final SettingsAdmin administration;
    private final ChangeLog changeLog;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public ClientAdmin(LiveSettings settings, SettingsAdmin administration, ChangeLog changeLog, InstantSource clock) {
        this.settings = settings;
        this.administration = administration;
        this.changeLog = changeLog;
        this.clock = clock;
    }

    /** The clients with their limits and the ids of their keys. */
    public Object list(AdminRequest request) {
        Instant now = clock.instant();
        return Map.of("clients", settings.get().clients().keys().stream().map(client -> new ShownClient(client.name(), client.tpm(), client.rpm(),
                client.models().stream().sorted().toList(), client.keys().stream().map(key -> ShownKey.of(key, now)).toList())).toList());
    }

    /** Makes a further key for a client. */
    public Object create(AdminRequest request) {
        KeyedClient client = client(request);
        return ConfigDocuments.run(() -> {
            Instant now = now();
            KeyRequest wanted = KeyRequest.read(request.jsonIfAny(), false, now);
            String key = newKey();
            ClientKey added = new ClientKey(KeyDigest.of(key), Optional.of(now), wanted.expires());
            apply(request, "key_create", KeyChange.add(client.name(), added, now));
            return created(client.name(), key, added, null);
        });
    }

    /** Makes a key that replaces another, which stays valid for a while. */
    public Object rotate(AdminRequest request) {
        KeyedClient client = client(request);
        ClientKey old = key(client, request);
        return ConfigDocuments.run(() -> {
            Instant now = now();
            KeyRequest wanted = KeyRequest.read(request.jsonIfAny(), true, now);
            String key = newKey();
            ClientKey added = new ClientKey(KeyDigest.of(key), Optional.of(now), wanted.expires());
            Instant end = now.plus(wanted.overlap());
            apply(request, "key_rotate", KeyChange.rotate(client.name(), old.id(), added, now, end));
            return created(client.name(), key, added, ShownKey.of(old.until(end), now));
        });
    }

    /** Ends a key at once. */
    public Object revoke(AdminRequest request) {
        KeyedClient client = client(request);
        ClientKey old = key(client, request);
        return ConfigDocuments.run(() -> {
            apply(request, "key_revoke", KeyChange.revoke(client.name(), old.id(), now()));
            return Map.of("status", "revoked", "client", client.name(), "id", old.id());
        });
    }

    private void apply(AdminRequest request, String action, KeyChange change) throws InvalidSettingsException {
        changeLog.made(request, action, change.client(), administration.changeKeys(change));
    }

    private Object created(String client, String key, ClientKey added, ShownKey replaces) {
        return new JsonResponder.Reply(201, new NewKey(client, added.id(), key, added.digest().written(), text(added.issued()),
                text(added.expires()), replaces));
    }

    /** Whole seconds, since the time is written to a file that people read. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return "sk-gw-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private KeyedClient client(AdminRequest request) {
        String name = request.part(CLIENT);
        return settings.get().clients().client(name).orElseThrow(() -> {
            List<String> known = settings.get().clients().keys().stream().map(KeyedClient::name).toList();
            String hint = DidYouMean.question(name, known);
            return Errors.notNamed("client", hint.isEmpty() ? " Clients are named under clients.keys in the settings." : hint).exception();
        });
    }

    private static ClientKey key(KeyedClient client, AdminRequest request) {
        String id = request.part(KEY);
        return client.key(id).orElseThrow(() -> Errors.keyNotFound(client.name(),
                DidYouMean.question(id, client.keys().stream().map(ClientKey::id).toList())).exception());
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }
}
