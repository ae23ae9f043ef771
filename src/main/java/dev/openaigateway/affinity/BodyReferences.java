package dev.openaigateway.affinity;

import dev.openaigateway.json.JsonText;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.ObjectKind;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.FieldName;
import dev.openaigateway.openai.body.JsonBody;
import dev.openaigateway.openai.body.MultipartBody;
import dev.openaigateway.openai.body.MultipartReader;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.openai.body.RequestBody;
import dev.openaigateway.openai.body.UrlEncodedFields;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds what the body of a request refers to, in JSON or in a form. */
final class BodyReferences {

    /** Requests about these send the content of a file, which has no references. */
    private static final Set<ObjectKind> CONTENTS = Set.of(ObjectKind.FILE, ObjectKind.UPLOAD);

    /** If more references are to content that the client itself sends, only the last ones are looked up. */
    private static final int MOST_SENT = 500;
    /** More references to what the upstream may add are refused, since each of them has to be looked up. Long conversations have thousands. */
    private static final int MOST_FETCHED = 10_000;

    private BodyReferences() {
    }

    /** @throws dev.openaigateway.openai.ApiException 400 if the body cannot be read, or refers to too much */
    static List<Reference> of(Operation operation, RequestBody body) {
        return lookedUp(all(operation, body));
    }

    private static List<Reference> lookedUp(List<Reference> references) {
        if (references.size() <= MOST_SENT) {
            return references;
        }
        if (references.stream().filter(Reference::isFetched).distinct().count() > MOST_FETCHED) {
            throw Errors.invalid(null, "too_many_references", "The request refers to more than %d stored objects.".formatted(MOST_FETCHED)).exception();
        }
        int first = references.size() - MOST_SENT;
        return IntStream.range(0, references.size()).filter(i -> i >= first || references.get(i).isFetched()).mapToObj(references::get).toList();
    }

    private static List<Reference> all(Operation operation, RequestBody body) {
        if (body instanceof JsonBody json) {
            return operation.acceptsPreviousResponse() || json.refers() || speaks(operation, json) ? inJson(json.bytes()) : List.of();
        }
        if (body instanceof MultipartBody form) {
            return in(form.fields());
        }
        return body instanceof PassedRequest passed ? of(passed) : List.of();
    }

    /** Whether the body may refer to a file or to another object, at any depth. */
    static boolean mayRefer(RequestBody body) {
        return body instanceof JsonBody json ? json.refers() : body instanceof MultipartBody;
    }

    /** Whether the request asks for a spoken response, to which later requests can refer, or continues one. */
    static boolean speaks(Operation operation, RequestBody body) {
        return operation == Operation.CHAT_COMPLETIONS && body instanceof JsonBody json && json.speaks();
    }

    private static List<Reference> of(PassedRequest request) {
        if (CONTENTS.contains(request.kind()) && (request.isForm() || request.isUrlEncoded())) {
            return List.of();
        }
        if (request.isForm()) {
            return in(MultipartReader.read(request.bytes(), request.mediaType()).fields());
        }
        List<Reference> found = new ArrayList<>(request.isUrlEncoded() ? in(UrlEncodedFields.in(request.bytes())) : List.of());
        if (request.mayBeJson()) {
            found.addAll(inJson(request.bytes()));
        }
        return found;
    }

    /** Whether all that the body refers to can be found. */
    static boolean canBeFound(PassedRequest request) {
        return CONTENTS.contains(request.kind()) || request.isSearchable();
    }

    /** An upstream may read more of a body than the gateway, so a body that cannot be read to its end is refused. */
    private static List<Reference> inJson(byte[] body) {
        try {
            return RequestReferences.in(body);
        } catch (IOException e) {
            throw Errors.notJson("What it refers to cannot be read.").exception();
        }
    }

    /** Some upstreams take blanks off a value, or read JSON in it. */
    private static List<Reference> in(List<Map.Entry<String, String>> fields) {
        List<Reference> found = new ArrayList<>(0);
        fields.forEach(field -> {
            String value = field.getValue().strip();
            FieldName.refersTo(field.getKey()).filter(kind -> !value.isEmpty()).ifPresent(kind -> found.add(new Reference(kind, value, true)));
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            if (JsonText.mayBegin(bytes, bytes.length)) {
                found.addAll(inText(bytes));
            }
        });
        return found;
    }

    /** A text that only begins like JSON is not read. */
    private static List<Reference> inText(byte[] text) {
        try {
            return RequestReferences.in(text);
        } catch (IOException e) {
            return List.of();
        }
    }
}
