package dev.openaigateway.examples;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples whose rules change requests, answer them, ask another model or another service, or stick. */
@GatewayTest
class ChangingExamplesTest {

    private static final ScriptedUpstream QUOTA = ScriptedUpstream.start();
    private static final Cookbook BOOK = new Cookbook(List.of("quota.url", QUOTA.uri() + "/check"), "EAST", "WEST", "NORTH");

    @AfterAll
    static void stop() {
        BOOK.close();
        QUOTA.close();
    }

    @Test
    void otherModelShouldBeAskedAfterFailuresAndForLongPrompts() {
        BOOK.use("other-model");
        Reply normal = Reply.chat("Hi");
        BOOK.upstream("EAST").respond(Reply.error(500, "boom", "boom"));
        BOOK.upstream("WEST").respond(request -> isMini(request) ? normal : Reply.error(500, "boom", "boom"));
        HttpResponse<String> failed = BOOK.gateway().chat("gpt-4o");
        assertThat(failed.statusCode()).isEqualTo(200);
        assertThat(failed.headers().firstValue("x-gateway-model")).hasValue("gpt-4o-mini");

        BOOK.use("other-model");
        assertThat(BOOK.gateway().chat("gpt-4o").headers().firstValue("x-gateway-model")).isEmpty();
        BOOK.upstream("EAST").respond(Reply.error(400, "context_length_exceeded", "too long"));
        BOOK.upstream("WEST").respond(request -> isMini(request) ? normal : Reply.error(400, "context_length_exceeded", "too long"));
        assertThat(BOOK.gateway().chat("gpt-4o").headers().firstValue("x-gateway-model")).hasValue("gpt-4o-mini");

        assertThat(BOOK.explain("model=gpt-4o").path("candidates").toString())
                .contains("\"instance\":\"azure-west\",\"model\":\"gpt-4o-mini\"", "fallback to gpt-4o-mini after context_length or error");
        assertThat(BOOK.refused("error,context_length", "error,context_lenght")).contains("did you mean \"context_length\"");
    }

    /** The deployment in the URL. */
    private static boolean isMini(RecordedRequest request) {
        return request.target().contains("gpt-4o-mini");
    }

    @Test
    void tenantLimitsShouldRefuseBlockedAndEagerTenants() {
        BOOK.use("tenant-limits");

        HttpResponse<String> blocked = BOOK.gateway().chat("gpt-4o", "x-tenant", "acme");
        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.body()).contains("\"code\":\"tenant_blocked\"", "Tenant acme is blocked.");
        assertThat(BOOK.servedBy(60, "gpt-4o", "x-tenant", "eager")).allMatch(name -> name.startsWith("azure-"));
        HttpResponse<String> limited = BOOK.gateway().chat("gpt-4o", "x-tenant", "eager");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.body()).contains("rate_limit_exceeded");
        assertThat(limited.headers().firstValue("retry-after")).isPresent();
        assertThat(BOOK.gateway().chat("gpt-4o", "x-tenant", "other").statusCode()).isEqualTo(200);
        assertThat(BOOK.gateway().chat("gpt-4o").statusCode()).as("without the header").isEqualTo(200);

        JsonNode explained = BOOK.explain("model=gpt-4o&header.x-tenant=acme");
        assertThat(explained.path("answer").path("status").asInt()).as(explained.toString()).isEqualTo(403);
        assertThat(explained.path("rule").asText()).isEqualTo("routing/refuse");
        assertThat(BOOK.refused("reject:403", "reject:40x")).contains("40x");
    }

    @Test
    void changeRequestShouldMakeFourChanges() {
        BOOK.use("change-request");
        String sent = "{\"model\":\"gpt-4o\",\"user\":\"someone\",\"max_tokens\":5000, \"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
        int before = BOOK.upstream("EAST").requests().size();

        assertThat(BOOK.gateway().post("/v1/chat/completions", sent, "x-team", "blue").statusCode()).isEqualTo(200);
        RecordedRequest received = BOOK.upstream("EAST").requests().get(before);
        JsonNode body = Cookbook.tree(received.text());
        assertThat(body.path("max_tokens").asInt()).isEqualTo(1000);
        assertThat(body.has("user")).isFalse();
        assertThat(body.at("/messages/0/content").asText()).isEqualTo("Answer in German.");
        assertThat(body.at("/messages/1/content").asText()).isEqualTo("Hi");
        assertThat(received.header("x-team")).isEqualTo("blue");

        JsonNode explained = Cookbook.tree(BOOK.gateway().post("/admin/route?header.x-team=blue", sent).body());
        assertThat(explained.path("steps").toString()).contains("\"body.max_tokens\"", "\"body.user\"", "Answer in German.",
                "\"upstream.x-team\":{\"from\":null,\"to\":\"blue\"}");
        assertThat(Cookbook.order(explained)).containsExactly("azure-east", "azure-west");
        assertThat(BOOK.refused("request:remove", "request:remvoe")).contains("did you mean \"remove\"");
    }

    @Test
    void stickyShouldKeepTogetherWhatBelongsTogether() {
        BOOK.use("sticky");

        String red = BOOK.servedBy("gpt-4o", "x-team", "red");
        assertThat(BOOK.servedBy(5, "gpt-4o", "x-team", "red")).containsOnly(red);
        assertThat(Cookbook.order(BOOK.explain("model=gpt-4o&header.x-team=red"))).startsWith(red);
        assertThat(IntStream.range(0, 12).mapToObj(i -> BOOK.servedBy("gpt-4o", "x-team", "team-" + i)).distinct().count()).isGreaterThan(1);
        String session = BOOK.servedBy("gpt-4o", "x-gateway-session", "s1");
        assertThat(BOOK.servedBy(5, "gpt-4o", "x-gateway-session", "s1")).containsOnly(session);
        TreeSet<String> ofUser = new TreeSet<>();
        IntStream.range(0, 5).forEach(i -> ofUser.add(Cookbook.instance(BOOK.gateway().post("/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"user\":\"u1\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))));
        assertThat(ofUser).hasSize(1);

        String down = red.replace("azure-", "").toUpperCase(Locale.ROOT);
        BOOK.upstream(down).respond(Reply.error(500, "boom", "boom"));
        String second = BOOK.servedBy("gpt-4o", "x-team", "red");
        BOOK.upstream(down).respond(Reply.chat("Hi"));
        assertThat(second).isNotEqualTo(red);
        assertThat(BOOK.servedBy(3, "gpt-4o", "x-team", "red")).as("bound to the instance that responded").containsOnly(second);
        assertThat(BOOK.refused("ref: byTeam", "ref: byTaem")).contains("did you mean \"byTeam\"");
    }

    @Test
    void quotaServiceShouldBeAskedFirst() {
        BOOK.use("quota-service");
        QUOTA.respond(Reply.json(200, "{}"));
        int asked = QUOTA.requests().size();

        assertThat(BOOK.servedBy("gpt-4o", "x-team", "red")).isEqualTo("azure-east");
        assertThat(QUOTA.requests().get(asked).header("x-team")).isEqualTo("red");
        assertThat(QUOTA.requests().get(asked).method()).isEqualTo("GET");

        QUOTA.respond(Reply.json(403, "{}"));
        HttpResponse<String> refused = BOOK.gateway().chat("gpt-4o", "x-team", "red");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("quota_exceeded", "The quota is used up.");
        assertThat(refused.headers().firstValue("retry-after")).hasValue("30");

        int before = QUOTA.requests().size();
        JsonNode explained = BOOK.explain("model=gpt-4o&header.x-team=red");
        assertThat(explained.path("calls").toString()).contains("{{quota.url");
        assertThat(QUOTA.requests()).as("an explanation calls nothing").hasSize(before);
        assertThat(BOOK.refused("throwExceptionOnFailure", "throwExceptionOnFailures")).contains("did you mean \"throwExceptionOnFailure\"");
    }
}
