package dev.openaigateway.support;

import dev.openaigateway.fallback.FallbackTrigger;

import static dev.openaigateway.fallback.FallbackTrigger.CONTENT_FILTER;
import static dev.openaigateway.fallback.FallbackTrigger.CONTEXT_LENGTH;

/** Errors with which providers and servers refuse a prompt, as they word them. */
public enum RefusalText {

    OPENAI_LENGTH(400, CONTEXT_LENGTH, """
            {"error":{"message":"This model's maximum context length is 128000 tokens. However, your messages resulted in 130010 tokens.",\
            "type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"""),
    OPENAI_RESPONSES_LENGTH(400, CONTEXT_LENGTH, """
            {"error":{"message":"Your input exceeds the context window of this model.","type":"invalid_request_error",\
            "param":"input","code":"context_length_exceeded"}}"""),
    AZURE_LENGTH(400, CONTEXT_LENGTH, """
            {"error":{"message":"This model's maximum context length is 8192 tokens, however you requested 10000 tokens.",\
            "type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"""),
    MAX_PROMPT_TOKENS(400, CONTEXT_LENGTH, """
            {"error":{"message":"prompt token count of 130000 exceeds the limit of 128000","code":"model_max_prompt_tokens_exceeded"}}"""),
    LLAMA_CPP(400, CONTEXT_LENGTH, """
            {"error":{"code":400,"message":"the request exceeds the available context size, try increasing it",\
            "type":"exceed_context_size_error","n_prompt_tokens":5120,"n_ctx":4096}}"""),
    LLAMA_CPP_OLDER(400, CONTEXT_LENGTH, """
            {"error":{"code":400,"message":"the request exceeds the available context size.","type":"invalid_request_error"}}"""),
    VLLM(400, CONTEXT_LENGTH, """
            {"error":{"message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",\
            "type":"BadRequestError","param":null,"code":400}}"""),
    VLLM_OLDER(400, CONTEXT_LENGTH, """
            {"object":"error","message":"This model's maximum context length is 4096 tokens.","type":"BadRequestError","param":null,"code":400}"""),
    SGLANG(400, CONTEXT_LENGTH, """
            {"object":"error","message":"The input (5000 tokens) is longer than the model's context length (4096 tokens).",\
            "type":"BadRequestError","param":null,"code":400}"""),
    ANTHROPIC(400, CONTEXT_LENGTH, """
            {"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 204868 tokens > 200000 maximum"}}"""),
    ANTHROPIC_413(413, CONTEXT_LENGTH, """
            {"type":"error","error":{"type":"request_too_large","message":"Prompt is too long"}}"""),

    AZURE_FILTER(400, CONTENT_FILTER, """
            {"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",\
            "type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation",\
            "content_filter_result":{"hate":{"filtered":true,"severity":"high"}}}}}"""),
    AZURE_INNER_ERROR(400, CONTENT_FILTER, """
            {"error":{"message":"The request was refused.","type":null,"param":"prompt","code":"bad_request",\
            "innererror":{"code":"ResponsibleAIPolicyViolation"}}}"""),
    AZURE_FILTER_RESULT(400, CONTENT_FILTER, """
            {"error":{"message":"The request was refused.","code":null,"innererror":{"content_filter_result":{"jailbreak":{"filtered":true}}}}}"""),
    OPENAI_POLICY(400, CONTENT_FILTER, """
            {"error":{"message":"Your request was rejected by our safety system.","type":"invalid_request_error","code":"content_policy_violation"}}"""),
    ANTHROPIC_FILTER(400, CONTENT_FILTER, """
            {"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}""");

    public final int status;
    public final FallbackTrigger trigger;
    public final String body;

    RefusalText(int status, FallbackTrigger trigger, String body) {
        this.status = status;
        this.trigger = trigger;
        this.body = body;
    }
}
