package dev.openaigateway.upstream;

import dev.openaigateway.api.Call;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** A request body that knows whose call it is, so that the connection it goes out on can be cut when the client leaves. */
final class AbortableEntity extends ByteArrayEntity {

    private final Call call;

    AbortableEntity(byte[] body, ContentType contentType, Call call) {
        super(body, contentType);
        this.call = call;
    }

    Call call() {
        return call;
    }
}
