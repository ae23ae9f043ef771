package dev.openaigateway.config.load;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prevents the admin API from pointing an instance at this machine or at a link-local address, where clouds serve
 * credentials. Addresses from files are not checked.
 */
final class LocalTargets {

    private LocalTargets() {
    }

    static void refuseNew(Settings before, Settings after) throws InvalidSettingsException {
        List<URI> known = before.instances().stream().flatMap(LocalTargets::addresses).toList();
        List<Problem> problems = new ArrayList<>();
        after.instances().stream().flatMap(LocalTargets::addresses).distinct()
                .filter(address -> !known.contains(address) && isLocal(address))
                .forEach(address -> problems.add(new Origin(Origin.ADMIN, "api_base", 0).problem(address.toString(),
                        "must not be a loopback or link-local address, nor a name without an address, "
                                + "unless admin.allow_local_targets is true")));
        if (!problems.isEmpty() && !before.admin().allowLocalTargets()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private static Stream<URI> addresses(InstanceSettings instance) {
        return Stream.concat(Stream.of(instance.apiBase()), instance.targets().values().stream()
                .flatMap(operations -> operations.values().stream()).map(InstanceSettings.Target::baseUrl));
    }

    private static boolean isLocal(URI url) {
        try {
            String host = url.getRawAuthority().replaceFirst(":\\d*$", "");
            return Stream.of(InetAddress.getAllByName(host)).anyMatch(address ->
                    address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress());
        } catch (UnknownHostException e) {
            // The name may resolve to any address by the time of the first request.
            return true;
        }
    }
}
