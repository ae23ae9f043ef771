package dev.openaigateway.openai.response;

import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.UsageDetails;
import dev.openaigateway.openai.usage.UsageTap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class ReportedUsageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'prompt_tokens':50,'completion_tokens':20,'total_tokens':70,'prompt_tokens_details':{'cached_tokens':32,'cache_write_tokens':4,'audio_tokens':5,'image_tokens':6,'text_tokens':7},'completion_tokens_details':{'reasoning_tokens':8,'audio_tokens':9,'image_tokens':3,'accepted_prediction_tokens':0}} | 50 20 {cached=32, cache_write=4, reasoning=8, audio_input=5, audio_output=9, image_input=6, image_output=3}",
        "{'prompt_tokens':5,'completion_tokens':2,'prompt_tokens_details':null,'completion_tokens_details':[1,{'x':2}]}           | 5 2 {}",
        "{'input_tokens':50,'input_tokens_details':{'cached_tokens':32},'output_tokens':20,'output_tokens_details':{'reasoning_tokens':8},'total_tokens':70} | 50 20 {cached=32, reasoning=8}",
        "{'type':'tokens','input_tokens':14,'input_token_details':{'text_tokens':10,'audio_tokens':4},'output_tokens':45,'total_tokens':59} | 14 45 {audio_input=4}",
        "{'type':'duration','seconds':9}                                                                                            | 0 0 {seconds=9.0}",
        "{'prompt_tokens':4,'prompt_audio_seconds':203.5,'total_tokens':38,'completion_tokens':34}                                  | 4 34 {seconds=203.5}",
        "{'total_tokens':4187,'input_tokens':11,'output_tokens':4176,'input_tokens_details':{'text_tokens':9,'image_tokens':2},'output_tokens_details':{'image_tokens':4160}} | 11 4176 {image_input=2, image_output=4160}",
        "{'prompt_tokens':8,'total_tokens':8}                                                                                       | 8 0 {}",
        "{'total_tokens':10}                                                                                                        | 10 0 {}",
        "{'prompt_tokens':30,'completion_tokens':5,'total_tokens':35,'prompt_cache_hit_tokens':20,'prompt_cache_miss_tokens':10}    | 30 5 {cached=20}",
        "{'prompt_tokens':30,'completion_tokens':5,'total_tokens':35,'cached_tokens':20}                                            | 30 5 {cached=20}",
        "{'prompt_tokens':32,'completion_tokens':9,'total_tokens':135,'completion_tokens_details':{'reasoning_tokens':94}}          | 32 103 {reasoning=94}",
        "{'prompt_tokens':9,'completion_tokens':50,'total_tokens':1059}                                                             | 9 1050 {}",
        "{'input_tokens':9,'output_tokens':50,'total_tokens':1059,'output_tokens_details':{'reasoning_tokens':20}}                   | 9 1050 {reasoning=20}",
        "{'prompt_tokens':9,'total_tokens':1059}                                                                                    | 9 1050 {}",
        "{'completion_tokens':50,'total_tokens':59}                                                                                 | 9 50 {}",
        "{'prompt_tokens':9,'completion_tokens':50,'total_tokens':40}                                                               | 9 50 {}",
        "{'input_tokens':10,'cache_read_input_tokens':1000,'output_tokens':7,'total_tokens':17}                                     | 1010 7 {cached=1000}",
        "{'input_tokens':10,'cache_creation_input_tokens':100,'cache_read_input_tokens':1000,'output_tokens':7}                     | 1110 7 {cached=1000, cache_write=100}",
        "{'prompt_tokens':1110,'cache_creation_input_tokens':100,'cache_read_input_tokens':1000,'completion_tokens':7}              | 1110 7 {cached=1000, cache_write=100}",
        "{'prompt_tokens':7.0,'completion_tokens':2e0}                                                                              | 7 2 {}",
        "{'prompt_tokens':-7,'completion_tokens':'2','total_tokens':1e300,'seconds':1e999}                                          | 0 0 {}",
        "{'prompt_tokens':1000,'completion_tokens':40,'total_tokens':1040,'input_tokens':0,'output_tokens':0}                       | 1000 40 {}",
        "{'input_tokens':1000,'output_tokens':40,'prompt_tokens':0,'completion_tokens':0,'cache_read_input_tokens':0}               | 1000 40 {}",
        "{'input_tokens':10,'output_tokens':40,'prompt_tokens':0,'completion_tokens':0,'cache_read_input_tokens':1000}              | 1010 40 {cached=1000}",
        "{'prompt_tokens':50,'completion_tokens':20,'prompt_tokens_details':{'audio_tokens':5,'image_tokens':6},'completion_tokens_details':{'audio_tokens':7},'input_tokens_details':{'audio_tokens':0,'image_tokens':0},'output_tokens_details':{'audio_tokens':0}} | 50 20 {audio_input=5, audio_output=7, image_input=6}",
        "{'prompt_tokens':50,'completion_tokens':20,'prompt_audio_seconds':3,'seconds':0}                                           | 50 20 {seconds=3.0}",
        "{'prompt_tokens':99999999999999999999,'completion_tokens':{'completion_tokens':4}}                                         | 0 0 {}"})
    void shouldReadTheFormsOfOperationsAndProviders(String json, String expected) throws IOException {
        Usage usage = whole("{'usage':" + json + "}");

        assertThat(usage.promptTokens() + " " + usage.completionTokens() + " " + details(usage)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'service_tier':'flex','usage':{'prompt_tokens':1}}",
        "{'usage':{'prompt_tokens':1},'service_tier':'flex'}",
        "{'usage':{'prompt_tokens':1,'service_tier':'flex'},'service_tier':'default'}"})
    void shouldReadTheServiceTier(String json) throws IOException {
        byte[] bytes = bytes(json);
        UsageTap tap = new UsageTap();
        tap.see(bytes, bytes.length);

        assertThat(whole(json).serviceTier()).isEqualTo("flex");
        assertThat(tap.found()).isEqualTo(whole(json));
        assertThat(StreamEvent.read(bytes, 0, bytes.length, null).usage()).isEqualTo(whole(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "''", "'a b'", "{'a':'flex'}", "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'"})
    void shouldIgnoreATierThatIsNoName(String tier) throws IOException {
        assertThat(whole("{'usage':{'prompt_tokens':1},'service_tier':" + tier + "}")).isEqualTo(new Usage(1, 0));
    }

    @Test
    void shouldReadTheTierOfAResponseInAStream() {
        byte[] json = bytes("{'type':'response.completed','response':{'service_tier':'priority','usage':{'input_tokens':5,'output_tokens':6}}}");
        LongEvent event = new LongEvent();
        byte[] framed = ("data: " + new String(json, StandardCharsets.UTF_8) + "\n\n").getBytes(StandardCharsets.UTF_8);
        event.see(framed, 0, framed.length);

        assertThat(StreamEvent.read(json, 0, json.length, null).usage().serviceTier()).isEqualTo("priority");
        assertThat(event.event().usage()).isEqualTo(new Usage(5, 6, UsageDetails.NONE, "priority"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.47", "'8.47'"})
    void shouldTakeTheDurationOfATranscriptionWithoutUsage(String duration) throws IOException {
        assertThat(whole("{'task':'transcribe','duration':" + duration + ",'text':'hi'}").details().seconds()).isEqualTo(8.47);
        assertThat(whole("{'duration':" + duration + ",'usage':{'type':'duration','seconds':9}}").details().seconds()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'duration':null}", "{'duration':'long'}", "{'duration':{'a':1}}", "{'usage':[1]}"})
    void shouldFindNoUsage(String json) throws IOException {
        assertThat(whole(json)).isNull();
    }

    private static Usage whole(String json) throws IOException {
        return JsonResponse.read(bytes(json)).usage();
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> details(Usage usage) {
        Map<String, Number> all = new LinkedHashMap<>();
        usage.details().forEach(all::put);
        return all.entrySet().stream().filter(entry -> entry.getValue().doubleValue() > 0).collect(Collectors.toMap(
                entry -> entry.getKey().replace("_tokens", ""), entry -> entry.getValue().toString(), (a, b) -> a, LinkedHashMap::new));
    }
}
