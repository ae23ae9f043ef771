package dev.openaigateway.recipient;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.RulesByHeader;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;

import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway with the {@link ClientTextRules}, two instances, and a service that rules ask. */
final class ClientTextGateway implements AutoCloseable {

    static final String SECRET = "s3cr3t-w0rd";
    static final String PROGRAM = "${bean:trap?method=hit}";

    final AtomicInteger hits = new AtomicInteger();
    final ScriptedUpstream east = ScriptedUpstream.start();
    final ScriptedUpstream west = ScriptedUpstream.start();
    final ScriptedUpstream quota = ScriptedUpstream.start().respond(Reply.json(200, "{}"));
    /** Where no text may make the gateway ask for a program. */
    final ScriptedUpstream stranger = ScriptedUpstream.start().respond(Reply.json(200, PROGRAM));
    final Map<String, String> rules = ClientTextRules.all(quota.uri());
    final TestGateway gateway;

    /** A bean that no client may call. */
    public static final class Trap {

        private final AtomicInteger hits;

        Trap(AtomicInteger hits) {
            this.hits = hits;
        }

        public String hit() {
            return "hit " + hits.incrementAndGet();
        }

        public String echo(String text) {
            return text;
        }

        public String second(String first, String text) {
            return text;
        }
    }

    ClientTextGateway() {
        StringBuilder all = new StringBuilder();
        rules.forEach((name, steps) -> all.append(RulesByHeader.rule(name, steps)));
        gateway = TestGateway.builder().folder(GatewayFolder.copy().rules(RulesByHeader.file(all.toString(), "- to: instance:east\n") + ClientTextRules.AUDIT).path())
                .bean("trap", new Trap(hits)).property("secret.word", SECRET).settings("""
                        admin: { watch_files: false, token: admin-token-0123456789 }
                        routing: { retries: 1 }
                        instances:
                          - { name: east, provider_type: generic, api_key: k, api_base: "%s" }
                          - { name: west, provider_type: generic, api_key: k, api_base: "%s", tags: [eu] }
                        """.formatted(east.uri(), west.uri())).start();
    }

    HttpResponse<String> chat(String rule, String text) {
        return gateway.chat("gpt-4o", "x-rule", rule, "x-team", text);
    }

    HttpResponse<String> chat(String rule, String text, String more) {
        return gateway.chat("gpt-4o", "x-rule", rule, "x-team", text, "x-more", more);
    }

    RecordedRequest last() {
        return east.requests().get(east.requests().size() - 1);
    }

    /** The target of a request to the service. */
    String asked(int index) {
        return URLDecoder.decode(quota.requests().get(index).target(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        gateway.close();
        List.of(east, west, quota, stranger).forEach(ScriptedUpstream::close);
    }
}
