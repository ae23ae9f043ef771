package dev.openaigateway.openai.body;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.json.JsonSpan;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;

/** The length of a model's name in a request. Records and stored objects keep the name when the memory of the request is released. */
public final class ModelName {

    /** In bytes, with quotes and each character escaped. */
    private static final int LONGEST_IN_JSON = 2 + 6 * InstanceSettings.LONGEST_MODEL_NAME;

    private ModelName() {
    }

    /** @throws ApiException 400 if the name is too long; null is accepted */
    public static void check(String name) {
        if (name != null && name.length() > InstanceSettings.LONGEST_MODEL_NAME) {
            throw tooLong();
        }
    }

    /** Refuses a value of JSON that is certainly too long, before it is copied. */
    static void check(JsonSpan value) {
        if (value.end() - value.start() > LONGEST_IN_JSON) {
            throw tooLong();
        }
    }

    private static ApiException tooLong() {
        return Errors.invalid(FieldName.MODEL, "string_above_max_length", "Invalid '" + FieldName.MODEL
                + "': string too long. Expected a string with maximum length " + InstanceSettings.LONGEST_MODEL_NAME + ".").exception();
    }
}
