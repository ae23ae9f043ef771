package dev.openaigateway.affinity;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;

import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the instances that share their stored objects: those with the same scheme, host, port and key.
 * Thread-safe.
 */
final class Resources {

    private final Instances instances;

    Resources(Instances instances) {
        this.instances = instances;
    }

    /** A digest of the address and the key to which an instance sends an operation of a model. */
    static String of(InstanceSettings instance, String model, String operation) {
        URI address = instance.target(model, operation).baseUrl();
        return Digest.of(address.getScheme() + "://" + address.getHost() + ":" + port(address), instance.apiKey().value()).shortText();
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
    }

    /** The names of the instances that have what the owner's instance keeps: itself, and those with the same resource. */
    Set<String> having(Owner owner, String operation) {
        return names(ofOwner(owner, operation));
    }

    /** Those of {@link #having} to which the request can be passed. */
    Set<String> passing(Owner owner, PassedRequest request) {
        return names(ofOwner(owner, Operation.PASSTHROUGH.path()).filter(instance -> instance.enabled() && instance.passes(request.path())));
    }

    private Stream<InstanceSettings> ofOwner(Owner owner, String operation) {
        return instances.all().stream().map(Instance::settings)
                .filter(instance -> instance.name().equals(owner.instance()) || of(instance, owner.model(), operation).equals(owner.resource()));
    }

    private static Set<String> names(Stream<InstanceSettings> instances) {
        return instances.map(InstanceSettings::name).collect(Collectors.toSet());
    }
}
