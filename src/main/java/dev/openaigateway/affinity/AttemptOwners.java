package dev.openaigateway.affinity;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.ClientSettings.UnknownObjects;
import dev.openaigateway.openai.ObjectKind;
import dev.openaigateway.openai.body.StoredObjectRequest;
import dev.openaigateway.routing.Attempt;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Remembers the owners of what an attempt that succeeds has made, and of what its request names. Thread-safe. */
final class AttemptOwners {

    private final OwnerTable owners;
    private final Supplier<ClientSettings> clients;

    AttemptOwners(OwnerTable owners, Supplier<ClientSettings> clients) {
        this.owners = owners;
        this.clients = clients;
    }

    /** What the request of a call names. */
    static NamedReferences named(Call call) {
        return call.attachment(NamedReferences.class, any -> new NamedReferences());
    }

    /** The client of the request at the instance that responds, as the owner of what it names. */
    static Owner of(Attempt attempt) {
        return of(attempt, attempt.call().clientName());
    }

    private static Owner of(Attempt attempt, String client) {
        Call call = attempt.call();
        String resource = Resources.of(attempt.instance().settings(), attempt.request().model(), attempt.request().operation().path());
        return new Owner(attempt.instance().name(), resource, call.received().model(), call.received().alias(), client, false);
    }

    /** Remembers what the response gives to refer to. A request about a stored object only shows what was made before. */
    void responded(Attempt attempt, List<Reference> given) {
        Call call = attempt.call();
        if (call.isMirror()) {
            return;
        }
        rememberNamed(attempt);
        boolean makes = !(call.request().body() instanceof StoredObjectRequest);
        NamedReferences named = named(call);
        Map<Boolean, List<Reference>> parts = given.stream().collect(Collectors.partitioningBy(part -> makes && !named.contains(part)));
        parts.forEach((made, references) -> {
            if (!references.isEmpty()) {
                put(of(attempt).having(made), references);
            }
        });
    }

    /**
     * Some upstreams number items for each response, so several clients get the same ids. A client that gets an item without having named
     * it has it too. A response of the same id stays that of the first client, as it can be read from the upstream.
     */
    private void put(Owner owner, List<Reference> references) {
        Map<Boolean, List<Reference>> parts = references.stream()
                .collect(Collectors.partitioningBy(reference -> owner.isMade() && reference.kind() == ObjectKind.ITEM));
        owners.putBeside(owner, Reference.keys(parts.get(true)));
        owners.put(owner, Reference.keys(parts.get(false)));
    }

    /** Before what the response gives, which may repeat ids that the request has sent. */
    void rememberNamed(Attempt attempt) {
        List<Reference> unknown = named(attempt.call()).takeUnknown();
        if (unknown.isEmpty()) {
            return;
        }
        boolean byFirst = clients.get().unknownObjects() != UnknownObjects.ANY;
        Map<Boolean, List<Reference>> parts = unknown.stream().collect(Collectors.partitioningBy(reference -> byFirst && reference.isOfOneClient()));
        owners.put(of(attempt), Reference.keys(parts.get(true)));
        owners.put(of(attempt, Client.ANONYMOUS.name()), Reference.keys(parts.get(false)));
    }
}
