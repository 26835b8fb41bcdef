package dev.hone.connectors.chat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Cancellation;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.api.SecretRef;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Requests, settings and contexts that the tests of this package share. */
final class Calls {

    /** The value of env:HONE_TEST_KEY, set by the build. */
    static final String KEY = "sk-never-to-be-seen";

    static final SecretRef KEY_REF = new SecretRef("env:HONE_TEST_KEY");

    static final ModelRequest HELLO =
            new ModelRequest(List.of(new Message(Speaker.USER, "one two three")), "{}", Optional.empty(), 20);

    private Calls() {}

    static CallContext within(Duration timeout, Cancellation cancellation) {
        return new CallContext("run", "step", "", 1, 5, timeout, cancellation);
    }

    static ModelSettings at(URI address) {
        return new ModelSettings(Optional.of(address), Optional.empty(), Optional.empty());
    }

    static ModelSettings withKey(URI address) {
        return new ModelSettings(Optional.of(address), Optional.of(KEY_REF), Optional.empty());
    }
}
