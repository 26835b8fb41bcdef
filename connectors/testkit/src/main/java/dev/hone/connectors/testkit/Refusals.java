package dev.hone.connectors.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;

/** The one assertion about errors: the kind is right, and a reader learns what happened and what to do. */
public final class Refusals {

    /** A call that is expected to throw. */
    @FunctionalInterface
    public interface Call {
        Object run() throws Exception;
    }

    private Refusals() {}

    /** Asserts that {@code call} throws a {@link ConnectorException} of {@code kind}, and returns it. */
    public static ConnectorException of(Kind kind, Call call) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown)
                .as("expected a refusal of kind %s", kind)
                .asInstanceOf(InstanceOfAssertFactories.throwable(ConnectorException.class))
                .satisfies(e -> {
                    assertThat(e.kind()).as(e.what()).isEqualTo(kind);
                    assertThat(e.what()).isNotBlank();
                    assertThat(e.fix()).isNotBlank();
                });
        return (ConnectorException) Objects.requireNonNull(thrown);
    }
}
