package dev.openaigateway.affinity;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An evaluation can ask for all that the upstream's account has stored, which several keys have made. */
class AccountDataTest extends PassedRequests {

    private static final String RUN = "{\"data_source\":{\"type\":\"responses\",\"source\":{\"type\":\"responses\"}}}";

    @Override
    String passed() {
        return "passthrough: [\"*\"]";
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"evals/eval_1/runs, `{'data_source':{'type':'responses','source':{'type':'responses'}}}`",
        "evals/eval_1/runs, `{'data_source':{'type':'completions','source':{'metadata':{'type':'x'},'type':'stored_completions'}}}`",
        "evals/eval_1/runs, `{'data_source':{'source':{'type':'file_id','type':'responses','id':'file-1'}}}`",
        "evals/eval_1/runs, `{'data_source':{'source':{'type':'responses','type':'file_id'}}}`",
        "evals/eval_1/runs, `{'data_source':{'source':[{'typ\\u0065':'RESPONSES'}]}}`", "Evals/eval_1/Runs, `{'data_source':{'source':{'type':'responses'}}}`",
        "evals/eval_1/runs/, `{'data_source':{'source':{'type':'responses'}}}`", "evals, `{'runs':[{'data_source':{'source':{'type':'responses'}}}]}`"})
    void shouldNotEvaluateWhatOtherKeysHaveStored(String path, String body) {
        for (String type : new String[] {"application/json", "text/plain"}) {
            int before = upstream.requests().size();

            RawResponse refused = post("/v1/" + path, type, body.replace('\'', '"'), "key-a");

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("\"type\":\"invalid_request_error\"", "\"param\":\"data_source.source.type\"", "\"code\":\"source_not_allowed\"");
            assertThat(upstream.requests()).hasSize(before);
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"evals/eval_1/runs, `{'data_source':{'type':'responses','source':{'type':'file_content','content':[{'item':{'type':'responses'}}]}}}`",
        "evals/eval_1/runs, `{'name':'responses','data_source':{'source':{'type':'file_id','id':'file-o1'}}}`",
        "evals, `{'data_source_config':{'type':'stored_completions'}}`", "agents/run, `{'source':{'type':'responses'}}`"})
    void shouldPassOtherSources(String path, String body) {
        upstream.respond(Reply.json(200, "{\"id\":\"evalrun_1\",\"object\":\"eval.run\"}"));

        assertThat(post("/v1/" + path, "application/json", body.replace('\'', '"'), "key-a").status()).isEqualTo(200);
    }

    @Test
    void shouldPassAllSourcesWithoutClientKeys() {
        upstream.respond(Reply.json(200, "{\"id\":\"evalrun_1\",\"object\":\"eval.run\"}"));
        try (TestGateway open = TestGateway.start("""
                instances:
                  - { name: only, provider_type: generic, api_key: k, api_base: "%s", passthrough: ["*"] }
                """.formatted(upstream.uri())); RawClient client = RawClient.connect(open.port())) {
            assertThat(client.post("/v1/evals/eval_1/runs", RUN).response().status()).isEqualTo(200);
        }
    }
}
