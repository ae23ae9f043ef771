package dev.openaigateway.rules.classes;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import org.apache.camel.CamelContext;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.support.PluginHelper;

import java.util.Arrays;
import java.util.Set;

/** Checks that the data formats of {@code marshal} and {@code unmarshal} are on the class path. */
public final class DataFormatCheck implements NodeCheck {

    private static final String PACKAGE = "org.apache.camel.model.dataformat.";
    private static final Set<String> AROUND = Set.of("marshal", "unmarshal");

    private final CamelContext context;
    private final Problems problems;

    public DataFormatCheck(CamelContext context, Problems problems) {
        this.context = context;
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.model().endsWith("DataFormat") && AROUND.contains(String.valueOf(visit.location().holder()))) {
            String name = YamlNodes.text(visit.node(), "library").map(DataFormatCheck::ofLibrary).orElseGet(() -> nameOf(visit.model()));
            if (name != null && PluginHelper.getDataFormatResolver(context).createDataFormat(name, context) == null) {
                problems.at(visit.location(), visit.node()).says("uses data format", visit.location().step())
                        .because("which the gateway does not have; a jar with it may be put into 'ext'");
            }
        }
    }

    private static String ofLibrary(String library) {
        return Arrays.stream(JsonLibrary.values()).filter(known -> known.name().equalsIgnoreCase(library)).findFirst()
                .map(JsonLibrary::getDataFormatName).orElse(null);
    }

    /** Null if the name depends on more than the kind of data format. */
    private static String nameOf(String model) {
        try {
            return ForeignCode.call(() -> ((DataFormatDefinition) Class.forName(PACKAGE + model).getConstructor().newInstance()).getDataFormatName());
        } catch (ReflectiveOperationException | ForeignCodeException e) {
            return null;
        }
    }
}
