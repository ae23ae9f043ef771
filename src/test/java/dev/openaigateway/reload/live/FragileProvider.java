package dev.openaigateway.reload.live;

import com.example.AcmeProvider;
import dev.openaigateway.config.ProviderTraits;

import java.util.ServiceConfigurationError;

/** A provider that throws an error while it is broken. */
final class FragileProvider extends AcmeProvider {

    volatile boolean broken;

    @Override
    public ProviderTraits traits() {
        if (broken) {
            throw new ServiceConfigurationError("a service without its file");
        }
        return super.traits();
    }
}
