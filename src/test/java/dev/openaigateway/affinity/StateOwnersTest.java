package dev.openaigateway.affinity;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.StatefulResource;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** What a response gives to refer to leads the next request to the resource that made it, without a refusal on the way. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateOwnersTest {

    private static final String KEYS = "clients: { keys: [{ name: alice, key: key-a }, { name: bob, key: key-b }] }";

    private TwoResources resources;

    @BeforeAll
    void start() {
        resources = new TwoResources(KEYS);
    }

    @AfterAll
    void stop() {
        resources.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model\":\"gpt-5\",\"input\":\"Hi\",\"store\":false,\"include\":[\"reasoning.encrypted_content\"]}",
            "{\"model\":\"gpt-5\",\"input\":\"Hi\",\"store\":false,\"include\":[\"reasoning.encrypted_content\"],\"stream\":true}"})
    void shouldSendACiphertextToTheResourceThatMadeIt(String first) {
        for (int i = 0; i < 3; i++) {
            String mark = TwoResources.mark(send(first));
            assertGoesTo(mark, "{\"type\":\"reasoning\",\"summary\":[],\"content\":[],\"encrypted_content\":\"gAAA-" + mark + "\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"item_reference\",\"id\":\"ID\"}", "{\"id\":\"ID\"}", "{\"type\":null,\"id\":\"ID\"}",
            "{\"id\":\"ID\",\"type\":\"reasoning\",\"summary\":[]}"})
    void shouldSendAReferenceToTheResourceThatStoresTheItem(String item) {
        for (String stream : new String[] {"", ",\"stream\":true"}) {
            String mark = TwoResources.mark(send("{\"model\":\"gpt-5\",\"input\":\"Hi\"" + stream + "}"));
            assertGoesTo(mark, item.replace("ID", "rs_" + mark));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"conv_1\"", "{\"id\":\"conv_1\"}"})
    void shouldSendAConversationToItsResourceOnceAResponseHasNamedIt(String conversation) {
        resources.two.store("conv_1");
        send("{\"model\":\"gpt-5\",\"input\":\"Hi\",\"conversation\":" + conversation + "}");
        int before = resources.one.requests();

        for (int i = 0; i < 2; i++) {
            HttpResponse<String> next = send("{\"model\":\"gpt-5\",\"input\":\"Hi\",\"conversation\":" + conversation + "}");
            assertThat(TwoResources.instance(next)).isEqualTo("two");
        }
        assertThat(resources.one.requests()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{'type':'item_reference','id':'ID'}]", "[{'id':'ID'}]", "[{'type':'image_generation_call','id':'ID','status':'completed'}]",
        "[{'type':'reasoning','id':'ID','summary':[]}]", "[{'type':null,'id':'ID','x':1}]", "[{'id':'ID','id':'own','x':1}]", "{'type':'item_reference','id':'ID'}",
        "[[{'id':'ID','x':1,'y':2}]]", "[{'type':'message','id':'ID','role':'assistant','content':[]}]", "[{'type':'message','id':'ID','role':'assistant','content':''}]",
        "[{'type':'reasoning','id':'ID','summary':[],'content':[{'type':'reasoning_text','text':'x'}]}]",
        "[{'type':'mcp_approval_response','approval_request_id':'ID','approve':true}]",
        "[{'type':'item_reference','id':'ID'},{'type':'message','id':'ID','role':'assistant','content':'x'}]",
        "[{'type':'message','id':'ID','role':'assistant','content':'x'},{'type':'item_reference','id':'ID'}]",
        "[{'type':'mcp_approval_response','approval_request_id':'ID','approve':true},{'type':'message','id':'ID','role':'assistant','content':'x'}]"})
    void shouldHideWhatAnotherKeyHasMade(String input) {
        String mark = TwoResources.mark(send("{\"model\":\"gpt-5\",\"input\":\"Hi\"}"));
        int before = resources.one.requests() + resources.two.requests();

        HttpResponse<String> refused = resources.gateway.post("/v1/responses",
                "{\"model\":\"gpt-5\",\"input\":" + input.replace('\'', '"').replace("ID", "msg_" + mark) + "}", "api-key", "key-b");

        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("Item with id 'msg_" + mark + "' not found.");
        assertThat(resources.one.requests() + resources.two.requests()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'message','id':'ID','role':'assistant','content':'Hi'}",
        "{'id':'ID','role':'assistant','content':[{'type':'output_text','text':'Hi'}]}",
        "{'content':[{'type':'output_text','text':'Hi'}],'id':'ID','type':'message'}",
        "{'type':'function_call','id':'ID','call_id':'c','name':'f','arguments':'{}'}"})
    void shouldPassWholeItemsWhoeverMadeThem(String item) {
        String mark = TwoResources.mark(send("{\"model\":\"gpt-5\",\"input\":\"Hi\"}"));

        HttpResponse<String> response = resources.gateway.post("/v1/responses", referringTo(item.replace('\'', '"').replace("ID", "msg_" + mark)),
                "api-key", "key-b");

        assertThat(response.statusCode()).as("some upstreams give the same ids to all").isEqualTo(200);
    }

    @Test
    void shouldPassItemsThatTheClientHasMadeOrNobody() {
        String mark = TwoResources.mark(send("{\"model\":\"gpt-5\",\"input\":\"Hi\"}"));

        for (String id : new String[] {"msg_" + mark, "msg_unknown"}) {
            String item = "{\"type\":\"message\",\"id\":\"" + id + "\",\"role\":\"assistant\",\"content\":\"Hi\"}";
            assertThat(send(referringTo(item)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldTakeInstancesWithTheSameAddressAndKeyForOneResource() {
        try (StatefulResource shared = new StatefulResource("shared");
             TestGateway gateway = TestGateway.start("""
                     routing: { strategy: round_robin }
                     instances:
                       - { name: a, provider_type: generic, api_key: k, api_base: "%s" }
                       - { name: b, provider_type: generic, api_key: k, api_base: "%s/v1" }
                     """.formatted(shared.upstream().uri(), shared.upstream().uri()))) {
            String mark = TwoResources.mark(gateway.post("/v1/responses", "{\"model\":\"gpt-5\",\"input\":\"Hi\"}"));
            String next = "{\"model\":\"gpt-5\",\"input\":\"And?\",\"previous_response_id\":\"resp_" + mark + "\"}";

            assertThat(TwoResources.instance(gateway.post("/v1/responses", next)))
                    .isNotEqualTo(TwoResources.instance(gateway.post("/v1/responses", next)));
        }
    }

    /** Several times, since the instances take turns otherwise. */
    private void assertGoesTo(String mark, String item) {
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> response = send(referringTo(item));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(TwoResources.instance(response)).isEqualTo(mark.replaceAll("-.*", ""));
            assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("1");
        }
    }

    private static String referringTo(String item) {
        return "{\"model\":\"gpt-5\",\"store\":false,\"input\":[" + item + ",{\"type\":\"message\",\"role\":\"user\",\"content\":\"And?\"}]}";
    }

    private HttpResponse<String> send(String body) {
        return resources.gateway.post("/v1/responses", body, "api-key", "key-a");
    }
}
