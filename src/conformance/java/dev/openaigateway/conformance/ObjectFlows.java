package dev.openaigateway.conformance;

import com.openai.client.OpenAIClient;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Every call of the SDK that needs at most the id of an object, in all of its services: lists, reads, deletes, cancels. */
final class ObjectFlows {

    /** They are no requests, or open a WebSocket. */
    private static final Set<String> OTHERS = Set.of("close", "async", "withRawResponse", "withOptions", "webhooks", "unwrap", "connect", "connectWebSocket");

    private final List<Flow> flows = new ArrayList<>();

    private ObjectFlows() {
    }

    static List<Flow> all(OpenAIClient client) {
        ObjectFlows found = new ObjectFlows();
        found.visit(OpenAIClient.class, List.of());
        return List.copyOf(found.flows);
    }

    /** @param path the methods that lead from the client to the service */
    private void visit(Class<?> service, List<Method> path) {
        Set<String> seen = new TreeSet<>();
        Method[] methods = service.getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::getName).thenComparing(Method::getParameterCount));
        for (Method method : methods) {
            boolean plain = method.getParameterCount() == 0 || method.getParameterCount() == 1 && method.getParameterTypes()[0] == String.class;
            if (!plain || OTHERS.contains(method.getName()) || !seen.add(method.getName())) {
                continue;
            }
            List<Method> longer = new ArrayList<>(path);
            longer.add(method);
            if (method.getReturnType().getName().startsWith("com.openai.services.blocking")) {
                visit(method.getReturnType(), longer);
            } else {
                flows.add(new Flow(String.join(".", longer.stream().map(Method::getName).toList()), client -> call(client, longer)));
            }
        }
    }

    private static Object call(Object client, List<Method> path) throws Exception {
        Object target = client;
        try {
            for (Method method : path) {
                target = method.getParameterCount() == 0 ? method.invoke(target) : method.invoke(target, "id_" + method.getName());
            }
            return target;
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
