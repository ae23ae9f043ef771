package dev.openaigateway.openai.response.errors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/** Reads what the members of the root of a response or event say of an error, as they come. Not thread-safe. */
public final class RootErrorReader {

    private int members;
    private boolean failure;
    private boolean empty;
    private boolean object;

    /** Counts a member, whatever its name. */
    public void countMember() {
        members++;
    }

    /** Reads the member {@code error} to its end. If there are several, one that reports a failure counts. */
    public void readError(JsonParser parser) throws IOException {
        ErrorMember says = ErrorMember.read(parser);
        failure |= says == ErrorMember.FAILURE;
        empty = says == ErrorMember.EMPTY;
    }

    /** Reads the member {@code object}. */
    public void readObject(JsonParser parser) throws IOException {
        object |= parser.currentToken() == JsonToken.VALUE_STRING && parser.getText().equals(ErrorMember.NAME);
    }

    /** Whether the member {@code error} reports a failure, or the object is an error. */
    public boolean isFailure() {
        return failure || object;
    }

    /** Whether there is an error. An empty one beside other members is not an error, nor is one that says success. */
    public boolean isReported() {
        return isFailure() || empty && members == 1;
    }
}
