package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The calls of a test class: from its own and inherited methods, and from the test code that these call in turn. */
final class TransitiveCalls {

    private final JavaClasses tests;
    private final Set<JavaCodeUnit> seen = new HashSet<>();
    private final Set<String> calls = new HashSet<>();
    private final Deque<JavaCodeUnit> open = new ArrayDeque<>();

    private TransitiveCalls(JavaClasses tests) {
        this.tests = tests;
    }

    /**
     * @param tests all test classes
     * @return the called methods, as {@code Owner.method} with simple names
     */
    static Set<String> from(JavaClass test, JavaClasses tests) {
        TransitiveCalls found = new TransitiveCalls(tests);
        Stream.concat(Stream.of(test), test.getAllRawSuperclasses().stream()).filter(type -> tests.contain(type.getName()))
                .forEach(type -> type.getCodeUnits().forEach(found::add));
        while (!found.open.isEmpty()) {
            found.follow(found.open.remove());
        }
        return found.calls;
    }

    private void follow(JavaCodeUnit unit) {
        Stream.concat(unit.getCallsFromSelf().stream(),
                Stream.concat(unit.getMethodReferencesFromSelf().stream(), unit.getConstructorReferencesFromSelf().stream()))
                .forEach(this::follow);
        unit.getOwner().getStaticInitializer().ifPresent(this::add);
    }

    private void follow(JavaAccess<? extends AccessTarget.CodeUnitAccessTarget> access) {
        String owner = access.getTargetOwner().getName();
        calls.add(owner.substring(owner.lastIndexOf('.') + 1) + "." + access.getTarget().getName());
        access.getTarget().resolveMember().filter(member -> tests.contain(member.getOwner().getName())).ifPresent(this::add);
    }

    private void add(JavaCodeUnit unit) {
        if (seen.add(unit)) {
            open.add(unit);
        }
    }
}
