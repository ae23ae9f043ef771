package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import java.nio.file.Path;

/** The compiled classes, read once for all rules. */
final class Classes {

    static final JavaClasses MAIN = new ClassFileImporter().importPath(Path.of("target/classes"));
    static final JavaClasses TESTS = new ClassFileImporter().importPath(Path.of("target/test-classes"));

    private Classes() {
    }
}
