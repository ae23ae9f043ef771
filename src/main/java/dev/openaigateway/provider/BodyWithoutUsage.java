package dev.openaigateway.provider;

import dev.openaigateway.openai.body.RequestBody;

import java.util.Optional;

/** A request body to which the request for usage is not added, regardless of the provider. */
record BodyWithoutUsage(RequestBody body) implements RequestBody {

    @Override
    public String model() {
        return body.model();
    }

    @Override
    public boolean stream() {
        return body.stream();
    }

    @Override
    public boolean usageRequested() {
        return body.usageRequested();
    }

    @Override
    public byte[] bytes() {
        return body.bytes();
    }

    @Override
    public String mediaType() {
        return body.mediaType();
    }

    @Override
    public byte[] forUpstream(String upstreamModel, boolean requestUsage) {
        return body.forUpstream(upstreamModel, false);
    }

    @Override
    public Optional<String> text(String member) {
        return body.text(member);
    }

    @Override
    public String method() {
        return body.method();
    }

    @Override
    public String subPath() {
        return body.subPath();
    }

    @Override
    public boolean isBilledBefore() {
        return body.isBilledBefore();
    }
}
