package dev.openaigateway.rules.yaml;

/** A check of one subject. It reads nodes, reports what is wrong, and starts nothing. An object serves one check of files. Not thread-safe. */
public interface NodeCheck {

    /** Checks a node, or keeps it until all are known. The nodes come in the order of the files, each before those inside it. */
    void check(VisitedNode visit);

    /** Checks what needs all nodes. Called once, after the last of them. */
    default void complete() {
    }
}
