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
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what the body of a request refers to, in JSON or in a form. */
final class BodyReferences {

    /** Requests about these send the content of a file, which has no references. */
    private static final Set<ObjectKind> CONTENTS = Set.of(ObjectKind.FILE, ObjectKind.UPLOAD);

    private BodyReferences() {
    }

    /** @throws dev.openaigateway.openai.ApiException 400 if the body cannot be read, or refers to too much */
    static List<Reference> of(Operation operation, RequestBody body) {
        FoundReferences found = new FoundReferences();
        if (body instanceof JsonBody json) {
            if (operation.acceptsPreviousResponse() || json.refers() || speaks(operation, json)) {
                addJson(json.bytes(), found);
            }
        } else if (body instanceof MultipartBody form) {
            form.fields().forEach(field -> add(field, found));
        } else if (body instanceof PassedRequest passed) {
            add(passed, found);
        }
        return found.list();
    }

    /** Whether the body may refer to a file or to another object, at any depth. */
    static boolean mayRefer(RequestBody body) {
        return body instanceof JsonBody json ? json.refers() : body instanceof MultipartBody;
    }

    /** Whether the request asks for a spoken response, to which later requests can refer, or continues one. */
    static boolean speaks(Operation operation, RequestBody body) {
        return operation == Operation.CHAT_COMPLETIONS && body instanceof JsonBody json && json.speaks();
    }

    private static void add(PassedRequest request, FoundReferences found) {
        if (CONTENTS.contains(request.kind()) && (request.isForm() || request.isUrlEncoded())) {
            return;
        }
        if (request.isForm()) {
            MultipartReader.read(request.bytes(), request.mediaType()).fields().forEach(field -> add(field, found));
            return;
        }
        if (request.isUrlEncoded()) {
            UrlEncodedFields.each(request.bytes(), field -> add(field, found));
        }
        if (request.mayBeJson()) {
            addJson(request.bytes(), found);
        }
    }

    /** Whether all that the body refers to can be found. */
    static boolean canBeFound(PassedRequest request) {
        return CONTENTS.contains(request.kind()) || request.isSearchable();
    }

    /** An upstream may read more of a body than the gateway, so a body that cannot be read to its end is refused. */
    private static void addJson(byte[] body, FoundReferences found) {
        try {
            RequestReferences.add(body, found);
        } catch (IOException e) {
            throw Errors.notJson("What it refers to cannot be read.").exception();
        }
    }

    /** Some upstreams take blanks off a value, or read JSON in it. A text that only begins like JSON is not read further. */
    private static void add(Map.Entry<String, String> field, FoundReferences found) {
        String value = field.getValue().strip();
        FieldName.refersTo(field.getKey()).filter(kind -> !value.isEmpty()).ifPresent(kind -> found.add(new Reference(kind, value, true)));
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (JsonText.mayBegin(bytes, bytes.length)) {
            addText(bytes, found);
        }
    }

    /** What a text refers to counts only if all of it is JSON. */
    private static void addText(byte[] text, FoundReferences found) {
        FoundReferences inText = new FoundReferences();
        try {
            RequestReferences.add(text, inText);
        } catch (IOException e) {
            return;
        }
        inText.list().forEach(found::add);
    }
}
