package dev.openaigateway.rules.language;

/**
 * A member that an object does not have.
 *
 * @param text    as the script asks for it, such as {@code request.headrs}
 * @param type    of the object, such as {@code Message}
 * @param nearest the member that is probably meant
 */
public record GroovyMember(String text, String type, String nearest) {
}
