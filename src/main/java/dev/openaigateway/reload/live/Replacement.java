package dev.openaigateway.reload.live;

import dev.openaigateway.guard.ForeignAction;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.problem.InvalidSettingsException;
import org.apache.camel.CamelContext;

/**
 * One version in place of another, together with the settings that it goes with. What may fail comes first, and can be
 * undone; requests move to the version in a step that cannot fail. Not thread-safe; used once.
 */
final class Replacement {

    private final CamelContext context;
    private final EntryPoints entryPoints;
    private final ReplacedRoutes replaced;
    private final StartedRoutes former;
    private final StartedRoutes next;
    private boolean entered;
    private boolean used;

    Replacement(CamelContext context, EntryPoints entryPoints, ReplacedRoutes replaced, StartedRoutes former, StartedRoutes next) {
        this.context = context;
        this.entryPoints = entryPoints;
        this.replaced = replaced;
        this.former = former;
        this.next = next;
    }

    /**
     * @param rulesFirst whether requests use the version already with the settings before
     * @param settings   changes them, all or nothing
     * @throws InvalidSettingsException if a route does not enter the context, an endpoint cannot be consumed from, or as the change of the
     *                                  settings throws it; to be {@link #undo undone}
     * @throws RuntimeException         as the change of the settings throws it; to be undone too
     */
    void run(boolean rulesFirst, ForeignAction<InvalidSettingsException> settings) throws InvalidSettingsException {
        try {
            enter();
        } catch (Exception e) {
            throw next.version().failure(context, e);
        }
        if (rulesFirst) {
            use();
        }
        ForeignCode.run(settings);
        if (!rulesFirst) {
            use();
        }
    }

    private void enter() throws Exception {
        next.routes().replace(former.routes());
        entered = true;
        entryPoints.begin(next.inputs());
    }

    private void use() {
        used = true;
        entryPoints.keep(former.routes(), former.inputs());
        next.version().snapshot().show();
        entryPoints.switchTo(next.inputs());
    }

    /** Lets the requests in the former version end, after all steps. */
    void conclude() {
        entryPoints.retireUnused();
        replaced.add(former.routes());
    }

    /** Puts the former version back. The other one stops at once, or after the requests that have entered it. */
    void undo() {
        if (used) {
            entryPoints.keep(next.routes(), next.inputs());
            entryPoints.switchTo(former.inputs());
            entryPoints.forget(former.routes());
            entryPoints.retireUnused();
        } else {
            entryPoints.end(next.inputs());
        }
        if (entered) {
            next.routes().giveWay(former.routes());
        }
        next.version().snapshot().restore();
        if (used) {
            replaced.add(next.routes());
        } else {
            next.routes().stop();
        }
    }
}
