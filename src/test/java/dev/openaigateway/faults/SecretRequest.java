package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that contains secrets, which must not appear in any response, log or event.
 *
 * @param target the method and the path
 * @param keys   the header lines with credentials, separated by bars
 * @param type   the content type
 */
record SecretRequest(String target, String keys, String type, String body) {

    static final String CLIENT = "secret-client-key";
    static final String WRONG = "secret-wrong-key";
    static final String UPSTREAM = "secret-upstream-key";
    static final String ADMIN = "secret-admin-token";
    static final String REDIS = "secret-redis-password";
    static final String HOOK = "secret-hook";
    static final String PROMPT = "secret-prompt";
    static final List<String> SECRETS = List.of(CLIENT, WRONG, UPSTREAM, ADMIN, REDIS, HOOK, PROMPT);

    static final List<String> TARGETS = List.of(
            "POST /v1/chat/completions", "POST /v1/chat/completions", "POST /v1/completions", "POST /v1/embeddings",
            "POST /v1/responses", "GET /v1/responses/resp_1", "POST /v1/moderations", "POST /v1/images/generations",
            "POST /v1/images/edits", "POST /v1/audio/speech", "POST /v1/audio/transcriptions", "POST /deepseek/chat/completions",
            "POST /openai/deployments/gpt-4o/chat/completions?api-version=2024-10-21&api-key=" + CLIENT,
            "POST /openai/v1/chat/completions", "GET /v1/models", "GET /v1/models/gpt-4o", "GET /v1/chat/completions",
            "POST /v1/nothing?api-key=" + CLIENT + "&prompt=" + PROMPT, "GET /v1/images/data/gpt-4o/x", "GET /health", "GET /health/gpt-4o",
            "GET /stats", "GET /stats/windows", "GET /stats/instances", "GET /stats/health", "GET /stats/status",
            "GET /stats/usage?metric=errors&window=60", "GET /v1/instances/status", "GET /admin/instances",
            "POST /admin/instances/east/reset", "PUT /admin/instances/east/config", "GET /admin/route?model=gpt-4o&token=" + ADMIN,
            "GET /config", "POST /config/reload", "POST /config/validate", "GET /metrics");

    static final List<String> KEYS = List.of(
            "Authorization: Bearer " + CLIENT, "api-key: " + CLIENT, "api-key: " + CLIENT, "api-key: " + CLIENT,
            "api-key: " + CLIENT + "|X-Admin-Token: " + ADMIN, "api-key: " + CLIENT + "|X-Admin-Token: " + ADMIN,
            "api-key: " + CLIENT + "|X-Admin-Token: " + ADMIN, "api-key: " + CLIENT + "|Authorization: Bearer " + ADMIN,
            "Authorization: Bearer " + WRONG, "api-key: " + WRONG + "|X-Admin-Token: " + WRONG, "Authorization: " + WRONG,
            "Authorization: Basic " + WRONG, "Cookie: key=" + CLIENT, "X-Custom: " + WRONG + "|api-key: " + CLIENT + "|api-key: " + WRONG);

    static final List<String> TYPES = List.of("application/json", "application/json", "application/json", "application/json",
            "application/json",
            "text/plain", "application/yaml", "multipart/form-data; boundary=line", "multipart/form-data; boundary=" + PROMPT);

    static final List<String> BODIES = List.of(
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}],\"prompt\":\"" + PROMPT
                    + "\",\"input\":\"" + PROMPT + "\",\"user\":\"" + CLIENT + " " + UPSTREAM + "\"}",
            "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}],\"input\":\""
                    + PROMPT + "\"}",
            "{\"model\":\"gpt-4o\",\"messages\":\"" + PROMPT + "\",\"max_tokens\":\"" + PROMPT + "\",\"stream\":\"" + PROMPT + "\"}",
            "{\"model\":\"gpt-4o\",\"model\":\"gpt-4\",\"messages\":\"" + PROMPT + "\"}",
            "{\"model\":\"gpt-4o\",\"messages\":" + PROMPT + "}",
            "{\"model\":\"gpt-4o\",\"messages\":\"" + PROMPT,
            "{\"model\":\"gpt-4o\"} " + PROMPT,
            "{\"model\":\"gpt-4o\",\"messages\":\"\\x" + PROMPT + "\"}",
            "{\"model\":[\"" + PROMPT + "\"]}",
            "{\"" + PROMPT + "\":\"" + PROMPT + "\"}",
            PROMPT,
            "",
            "{\"api_key\":\"" + UPSTREAM + "\",\"nothing\":1}",
            "{\"api_key\":[\"" + UPSTREAM + "\"],\"weight\":-1}",
            """
            clients: { keys: [ %1$s, %1$s, { name: bob, key: [%1$s] } ] }
            admin: { token: [%2$s], nothing: 1 }
            rate_limit: { redis_url: "redis//:%3$s@:x" }
            logging: { feishu_webhook: "ftp://x/%4$s" }
            instances: [ { name: a, api_key: { x: %5$s }, api_base: "http://user:%5$s@host" }, { name: a, api_key: %5$s } ]
            """.formatted(CLIENT, ADMIN, REDIS, HOOK, UPSTREAM),
            """
            --line\r
            Content-Disposition: form-data; name="model"\r
            \r
            gpt-4o\r
            --line\r
            Content-Disposition: form-data; name="prompt"\r
            \r
            %1$s\r
            --line\r
            Content-Disposition: form-data; name="file"; filename="%1$s"\r
            \r
            %1$s\r
            --line--\r
            """.formatted(PROMPT));

    /** The requests that reach an upstream. */
    static final List<SecretRequest> SOUND = TARGETS.subList(0, 5).stream().flatMap(target -> BODIES.subList(0, 2).stream()
            .map(body -> new SecretRequest(target, KEYS.get(0), TYPES.get(0), body))).toList();

    /** Whether the request is for an operator's endpoint, which may show the addresses of upstreams. */
    boolean ofOperator() {
        return target.contains("/config") || target.contains("/admin") || target.contains("/stats") || target.contains("status");
    }

    /** The secrets that the response must not contain. An operator's may contain the prompt, as the name of an unknown setting. */
    List<String> unshown() {
        return ofOperator() ? SECRETS.subList(0, SECRETS.indexOf(PROMPT)) : SECRETS;
    }

    RawClient on(RawClient client) {
        String[] words = target.split(" ");
        List<String> lines = new ArrayList<>(List.of(keys.split("\\|")));
        lines.add("Content-Type: " + type);
        byte[] content = words[0].equals("GET") ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        return client.request(words[0], words[1], content, lines.toArray(String[]::new));
    }
}
