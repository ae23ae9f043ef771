package dev.openaigateway.app;

import dev.openaigateway.admin.AdminOnly;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.gateway.Authenticate;
import dev.openaigateway.security.AddressLockout;
import dev.openaigateway.security.AdminAccess;
import dev.openaigateway.security.AdminLockout;
import dev.openaigateway.security.ClientAddress;
import dev.openaigateway.security.ClientAuthenticator;
import dev.openaigateway.security.ClientDirectory;
import dev.openaigateway.server.KnownSenders;

import java.time.InstantSource;

/** Creates what checks clients and administrators. */
final class SecurityWiring {

    private final Derived<ClientAuthenticator> authenticator;
    private final Derived<ClientAddress> address;
    private final Derived<AdminAccess> access;
    private final AdminLockout adminLockout;

    SecurityWiring(LiveSettings settings, InstantSource clock) {
        AddressLockout lockout = AddressLockout.under(settings, clock);
        this.authenticator = settings.derive(now -> new ClientAuthenticator(new ClientDirectory(now.clients()), lockout));
        this.address = settings.derive(now -> new ClientAddress(now.clients().trustedProxies()));
        this.access = settings.derive(now -> new AdminAccess(now.admin()));
        this.adminLockout = new AdminLockout(lockout, AddressLockout.under(settings, clock));
    }

    Authenticate authenticate() {
        return new Authenticate(authenticator, address);
    }

    AdminOnly adminOnly() {
        return new AdminOnly(access, address, adminLockout);
    }

    KnownSenders knownSenders() {
        return new KnownSenders(authenticator, address, access);
    }
}
