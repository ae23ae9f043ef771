package dev.openaigateway.rules.language;

import groovy.lang.GroovySystem;
import groovy.lang.MetaClass;

/** The members that Groovy finds in an object of known type, its own and those that Groovy adds. Immutable. */
enum GivenMembers {

    BYTES(new byte[0], "before an instance the body is bytes, which have"),
    TEXT("", "a text has");

    private final Object example;
    private final String text;

    GivenMembers(Object example, String text) {
        this.example = example;
        this.text = text;
    }

    /** The beginning of a sentence about a member that it does not have. */
    String text() {
        return text;
    }

    boolean hasMethod(String name) {
        return !members().respondsTo(example, name).isEmpty();
    }

    boolean hasProperty(String name) {
        return members().hasProperty(example, name) != null;
    }

    private MetaClass members() {
        return GroovySystem.getMetaClassRegistry().getMetaClass(example.getClass());
    }
}
