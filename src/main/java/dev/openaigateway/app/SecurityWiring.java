package dev.openaigateway.app;

import dev.openaigateway.admin.AdminOnly;
import dev.openaigateway.admin.AdminRequest;
import dev.openaigateway.admin.JsonResponder;
import dev.openaigateway.admin.NoForeignPage;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.dashboard.PageAccess;
import dev.openaigateway.gateway.Authenticate;
import dev.openaigateway.security.AddressLockout;
import dev.openaigateway.security.AdminAccess;
import dev.openaigateway.security.AdminAdmission;
import dev.openaigateway.security.AdminLockout;
import dev.openaigateway.security.Authenticator;
import dev.openaigateway.security.AuthenticatorChain;
import dev.openaigateway.security.ClientAddress;
import dev.openaigateway.security.UntrustedProxies;
import dev.openaigateway.server.BodyAdmission;
import org.apache.camel.spi.Registry;

import java.time.InstantSource;
import java.util.TreeMap;

/** Creates the objects that authenticate clients and administrators. */
final class SecurityWiring {

    private final AuthenticatorChain chain;
    private final Derived<ClientAddress> address;
    private final Derived<AdminAccess> access;
    private final AdminAdmission admission;
    private final UntrustedProxies proxies = new UntrustedProxies();

    /**
     * @param clock gives the time of day
     * @param ticks advances evenly
     */
    SecurityWiring(LiveSettings settings, InstantSource clock, InstantSource ticks) {
        AddressLockout lockout = AddressLockout.under(settings, ticks);
        this.chain = new AuthenticatorChain(settings, lockout, clock);
        this.address = settings.derive(now -> new ClientAddress(now.clients().trustedProxies()));
        this.access = settings.derive(now -> new AdminAccess(now.admin(), now.cors()));
        this.admission = new AdminAdmission(access, new AdminLockout(lockout, AddressLockout.under(settings, ticks)));
    }

    /** Adds the authenticators of the registry to the chain, in the order of their names. */
    void appendAuthenticators(Registry registry) {
        chain.setOthers(new TreeMap<>(registry.findByTypeWithName(Authenticator.class)).values());
    }

    /** Whether requests of clients need no credential. */
    boolean isOpen() {
        return chain.isOpen();
    }

    Authenticate authenticate() {
        return new Authenticate(chain, address, proxies);
    }

    /** The address of the client behind a request to an operators' endpoint. */
    String addressOf(AdminRequest request) {
        return address.get().resolve(request.http().remoteAddress().hostAddress(), request.http().headers()::getAll);
    }

    /** Binds the steps that admit to the endpoints of operators, and to those that need no key. */
    void bindAdmission(Registry registry) {
        registry.bind("adminOnly", adminOnly(false));
        registry.bind("adminOrMonitor", adminOnly(true));
        registry.bind("noForeignPage", new NoForeignPage(chain));
        registry.bind("dashboardAccess", new JsonResponder(new PageAccess(access)::show));
    }

    private AdminOnly adminOnly(boolean changesNothing) {
        return new AdminOnly(admission, address, proxies, changesNothing);
    }

    BodyAdmission bodyAdmission() {
        return new BodyAdmission(chain, address, admission);
    }
}
