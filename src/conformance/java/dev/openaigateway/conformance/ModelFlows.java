package dev.openaigateway.conformance;

import com.openai.models.ChatModel;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.vectorstores.VectorStoreCreateParams;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Calls that ask a model, or create an object; whole, streamed and refused. */
final class ModelFlows {

    /** Those that speak against a request. Others are failures of an instance, which the gateway answers in its own words. */
    private static final int[] REFUSALS = {400, 404, 413, 422};

    private ModelFlows() {
    }

    static List<Flow> all() {
        List<Flow> flows = new ArrayList<>(List.of(
                new Flow("chat", client -> client.chat().completions().create(chat("gpt-4o"))),
                new Flow("chat streamed", client -> client.chat().completions().createStreaming(chat("gpt-4o"))),
                new Flow("completion", client -> client.completions().create(CompletionCreateParams.builder().model("gpt-3.5-turbo-instruct").prompt("Hi").build())),
                new Flow("response", client -> client.responses().create(response("gpt-4o"))),
                new Flow("response streamed", client -> client.responses().createStreaming(response("gpt-4o"))),
                new Flow("response without a model", client -> client.responses().create(ResponseCreateParams.builder().input("Hi").build())),
                new Flow("embedding", client -> client.embeddings().create(EmbeddingCreateParams.builder().model("text-embedding-3-small").input("Hi").build())),
                new Flow("moderation", client -> client.moderations().create(ModerationCreateParams.builder().model("omni-moderation-latest").input("Hi").build())),
                new Flow("image", client -> client.images().generate(ImageGenerateParams.builder().model("gpt-image-1").prompt("A cat").build())),
                new Flow("image edit", client -> client.images().edit(ImageEditParams.builder().model("gpt-image-1").image(bytes()).prompt("A cat").build())),
                new Flow("speech", client -> client.audio().speech().create(SpeechCreateParams.builder().model("tts-1").input("Hi").voice("alloy").build())),
                new Flow("transcription", client -> client.audio().transcriptions().create(TranscriptionCreateParams.builder().model("whisper-1").file(bytes()).build())),
                new Flow("file", client -> client.files().create(FileCreateParams.builder().file(bytes()).purpose(FilePurpose.BATCH).build())),
                new Flow("vector store", client -> client.vectorStores().create(VectorStoreCreateParams.builder().name("docs").build()))));
        flows.add(new Flow("file refused with 409", client -> client.files().retrieve("error-409")));
        for (int status : REFUSALS) {
            flows.add(new Flow("chat refused with " + status, client -> client.chat().completions().create(chat("error-" + status))));
            flows.add(new Flow("stream refused with " + status, client -> client.chat().completions().createStreaming(chat("error-" + status))));
            flows.add(new Flow("response refused with " + status, client -> client.responses().create(response("error-" + status))));
            flows.add(new Flow("file refused with " + status, client -> client.files().retrieve("error-" + status)));
        }
        return List.copyOf(flows);
    }

    private static ChatCompletionCreateParams chat(String model) {
        return ChatCompletionCreateParams.builder().model(ChatModel.of(model)).addDeveloperMessage("Be brief").addUserMessage("Hi").temperature(0.5).build();
    }

    private static ResponseCreateParams response(String model) {
        return ResponseCreateParams.builder().model(model).instructions("Be brief").input("Hi").putAdditionalBodyProperty("future",
                com.openai.core.JsonValue.from(1.50)).build();
    }

    private static InputStream bytes() {
        return new ByteArrayInputStream(new byte[] {0, 1, -1, 127, 10, 13});
    }
}
